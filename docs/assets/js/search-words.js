/**
 * Spellings: what a reader types, and the words that the site has for it. Pure; knows no page.
 *
 * Te reo Māori writes a long vowel with a macron, doubled, or (where a keyboard has no macron)
 * plain: whānau, whaanau, whanau. Folded they are the same, by the rule of `search/folding.py`.
 */

/** The term is a word of the site, or the beginning of one. */
export const AS_TYPED = 'as typed'
/** The site has the word in another spelling of its vowels, or in singular. */
export const SAME_WORD = 'same word'
/** The site has words that look like it. */
export const NEAR = 'near'
/** The site has nothing like it. */
export const NONE = 'none'

const MOST = 3
const ENDINGS = [[/ies$/, 'y'], [/es$/, ''], [/s$/, ''], [/ed$/, ''], [/ing$/, ''], [/ing$/, 'e']]
const REO = /^(?:(?:ng|wh|[hkmnprtw])?[aeiou])+$/

/** Give a word in small letters, without macrons and accents. */
export function plain(word) {
  return word.toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '')
}

/** Give what all spellings of a word have in common. */
export function fold(word) {
  return plain(word).replace(/([aeiou])\1/g, '$1')
}

/**
 * Split a query into its words, plain. What follows an apostrophe is no word, and IPP3A is two.
 *
 * @param {string} query - as typed
 * @returns {string[]} each word once
 */
export function terms(query) {
  const words = query.normalize('NFC').replace(/(\p{L})['’]s?(?!\p{L})/gu, '$1')
    .replace(/(\p{L}{2})(\d)/gu, '$1 $2')
  return [...new Set((words.match(/[\p{L}\p{N}\p{Mn}]+/gu) ?? []).map(plain))]
}

/**
 * Unpack a line of sorted words, each without what it shares with the one before it.
 *
 * @param {string} line - as "0collect 7ed 2nsent"
 * @returns {string[]} the words
 */
export function unpack(line) {
  let last = ''
  return line.split(' ').map((item) => (last = last.slice(0, Number(item[0])) + item.slice(1)))
}

/**
 * Count the letters to change, add, drop or swap between two words.
 *
 * @param {string} one - a word
 * @param {string} other - another
 * @param {number} limit - more than this is not of interest
 * @returns {number} the count; more than the limit when it is higher
 */
export function distance(one, other, limit) {
  if (Math.abs(one.length - other.length) > limit) {
    return limit + 1
  }
  let before = []
  let row = [...other, ''].map((_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1]
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1)
      }
    }
    [before, row] = [row, next]
  }
  return row[other.length]
}

/** The words of the site. */
export class Spelling {
  /** @param {string[]} words - as they are written, sorted by their plain form */
  constructor(words) {
    this.words = words
    this.plain = words.map(plain)
    this.known = new Map()
    this.folded = new Map()
    for (const [index, word] of this.plain.entries()) {
      add(this.known, word, index)
      add(this.folded, fold(word), index)
    }
  }

  /**
   * Say what to look for in place of a term.
   *
   * @param {string} term - plain
   * @returns {{how: string, words: string[], shown: string[]}} plain words for the index, and the
   *   same as they are written
   */
  expand(term) {
    if (term.length < 3 || /\p{N}/u.test(term)) {
      return {how: AS_TYPED, words: [term], shown: [term]}
    }
    const same = this.folded.get(fold(term)) ?? []
    if (this.known.has(term)) {
      // English has other words of the same fold: meet and met. Te reo Māori has not.
      return this.answer(AS_TYPED, REO.test(term) ? same : this.known.get(term), term)
    }
    if (same.length) {
      return this.answer(SAME_WORD, same)
    }
    if (this.beginning(term).length) {
      return {how: AS_TYPED, words: [term], shown: [term]}
    }
    return this.half(term) ?? this.singular(term) ?? this.near(term)
  }

  /** Give the plain words that begin so, in order. */
  beginning(term) {
    let low = 0
    let high = this.plain.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.plain[middle] < term) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    let end = low
    while (this.plain[end]?.startsWith(term)) {
      end++
    }
    return [...new Set(this.plain.slice(low, end))]
  }

  /** Half a word with other vowels: manaki, whaana. */
  half(term) {
    const start = fold(term)
    if (start.length < 4) {
      return null
    }
    const found = this.plain.flatMap((word, index) => (fold(word).startsWith(start) ? [index] : []))
    return found.length ? this.answer(SAME_WORD, found.slice(0, MOST)) : null
  }

  /** The word without an ending. */
  singular(term) {
    for (const [ending, instead] of ENDINGS) {
      const found = ending.test(term) && this.folded.get(fold(term.replace(ending, instead)))
      if (found) {
        return this.answer(SAME_WORD, found)
      }
    }
    return null
  }

  /** Words that differ in a letter or two; those that begin alike come first. */
  near(term) {
    const wanted = fold(term)
    let limit = wanted.length > 5 ? 2 : 1
    let best = []
    for (const [word, indexes] of wanted.length > 3 ? this.folded : []) {
      const apart = distance(wanted, word, limit)
      if (apart < limit) {
        best = []
        limit = apart
      }
      if (apart === limit) {
        best.push({shared: shared(wanted, word), indexes})
      }
    }
    // Sorting keeps the order of the words where two share as much.
    best.sort((one, other) => other.shared - one.shared)
    const found = best.filter((item) => item.shared === best[0].shared).slice(0, MOST)
    return this.answer(found.length ? NEAR : NONE, found.flatMap((item) => item.indexes))
  }

  answer(how, indexes, first) {
    const words = [...new Set(indexes.map((index) => this.plain[index]))].sort()
    if (first && words.includes(first)) {
      words.splice(words.indexOf(first), 1)
      words.unshift(first)
    }
    return {how, words: words.slice(0, MOST), shown: indexes.map((index) => this.words[index])}
  }
}

function add(map, key, value) {
  map.set(key, [...(map.get(key) ?? []), value])
}

/** Count the letters with which two words both begin. */
function shared(one, other) {
  let count = 0
  while (count < one.length && one[count] === other[count]) {
    count++
  }
  return count
}
