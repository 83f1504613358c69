/**
 * How long a text is, and how old a reader of it is likely to be. A rough measure.
 *
 * The age is the grade of Flesch and Kincaid (Kincaid and others, 1975) and five more:
 *
 *     grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59
 *
 * Syllables are counted by a rule of our own, as good as a rule without a dictionary can be: each
 * run of vowels is one, but a silent e at the end is none. It is made for English. Words in te reo
 * Māori have more vowels and would make a text seem hard, so they are left out, and so are numbers.
 */

/** Fewer words say nothing about how a text reads. */
export const FEWEST = 30

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu
// A full stop inside "0800.example" or "1.5" ends nothing.
const SENTENCE_END = /[.!?…]+(?=\s|$)|\n+/u
const MACRON = /[āēīōū]/iu
const LONGEST = 40
/** Endings, each with when its e is silent after what stands before it. */
const SILENT = [
  ['es', (before) => !/(?:[sxzcg]|ch|sh|[^aeiouy]l)$/.test(before)],
  ['ed', (before) => !/[td]$/.test(before)],
  ['e', (before) => !/[^aeiouy]l$/.test(before)]
]
const NUMBER = /^\p{N}/u

/**
 * Measure a text.
 *
 * @param {string} text - a line for each paragraph
 * @param {(word: string) => boolean} isReo - whether a word is in te reo Māori
 * @returns {{words: number, characters: number, age: number|null}} `age` in years; null for a text
 *   that is too short to say
 */
export function measure(text, isReo = () => false) {
  const words = text.match(WORD) ?? []
  const counted = words.filter((word) => !NUMBER.test(word) && !MACRON.test(word) && !isReo(word))
  const sentences = text.split(SENTENCE_END).filter((part) => part.match(WORD)).length
  return {
    words: words.length,
    characters: [...text].length,
    age: counted.length < FEWEST ? null : age(counted, sentences, words.length)
  }
}

function age(counted, sentences, words) {
  const spoken = counted.reduce((sum, word) => sum + syllables(word), 0)
  const grade = 0.39 * (words / sentences) + 11.8 * (spoken / counted.length) - 15.59
  return Math.max(5, Math.round(grade + 5))
}

/**
 * Count the syllables of an English word, roughly.
 *
 * @param {string} word - one word; parts with hyphens count one by one
 * @returns {number} at least 1
 */
export function syllables(word) {
  const parts = word.toLowerCase().normalize('NFD').replace(/[^a-z-]/g, '').split('-')
  return Math.max(1, parts.filter(Boolean).reduce((sum, part) => sum + inPart(part), 0))
}

function inPart(part) {
  // No English word is as long. Whatever it is, its length says more than its vowels.
  if (part.length > LONGEST) {
    return Math.round(part.length / 3)
  }
  const heard = withoutSilentEnd(part)
    // "being" is two.
    .replace(/([aeiouy])ing/g, '$1-ing')
    // A y before a vowel is a consonant, and so is the u of "question".
    .replace(/y(?=[aeiou])/g, '')
    .replace(/qu/g, 'q')
  return Math.max(1, heard.match(/[aeiouy]+/g)?.length ?? 0)
}

/** Take off an e that is not heard at the end: of "make", not of "table", "houses" or "needed". */
function withoutSilentEnd(part) {
  const hasVowel = (text) => /[aeiouy]/.test(text)
  for (const [end, silent] of SILENT) {
    const before = part.slice(0, -end.length)
    if (part.endsWith(end) && silent(before) && hasVowel(before)) {
      return before
    }
  }
  return part
}
