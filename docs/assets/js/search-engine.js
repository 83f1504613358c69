/**
 * Asks the index of the site, in this browser: no word that is typed is sent anywhere.
 *
 * The index is Pagefind's. What is typed becomes words that the site has (search-words.js); a word
 * in several spellings is asked in each. Filters and counts come from the lookup, so that they
 * are those of all answers together.
 */
import {AS_TYPED, NONE, Spelling, terms, unpack} from './search-words.js'

const FOLDER = 'search/index/'
const MOST_TERMS = 12
const MOST_WAYS = 6
const MOST_CHUNKS = 5
// With fewer results than this, things that have some of the words follow.
const ENOUGH = 4
const WHOLE_TITLE = 0.8
const EXCERPT = 26
const QUOTED = /^\s*".+"\s*$/
// Words that nearly every page has; each would load a part of the index for nothing.
const IDLE = new Set(
  ('a about an and are as at be by can do does for from has have how i if in is it its me my of on ' +
    'or our should so that the their them there they this to us was we what when where which who ' +
    'why will with you your').split(' ')
)
const RANKING = {
  termSimilarity: 2,
  pageLength: 0.5,
  termFrequency: 0.6,
  termSaturation: 1.2,
  metaWeights: {title: 8, also: 10, name: 1.5, home: 0.3, label: 0.8},
}

let loading = null

/**
 * Load the engine, once for a page.
 *
 * @param {string} base - the address of the site, ending with a slash
 * @returns {Promise<Engine>} rejected when something can't be loaded; then the next call tries again
 */
export function load(base) {
  loading ??= start(base).catch((error) => {
    loading = null
    throw error
  })
  return loading
}

async function start(base) {
  const folder = new URL(FOLDER, base)
  const [pagefind, response] = await Promise.all([
    import(new URL('pagefind.js', folder).href),
    // Its name does not change with what is in it: ask if the one that is kept is still right.
    fetch(new URL('lookup.json', folder), {cache: 'no-cache'}),
  ])
  if (!response.ok) {
    throw new Error(`search: ${response.status} for ${response.url}`)
  }
  const lookup = await response.json()
  const index = await open(pagefind, '1').catch(() => open(pagefind, String(Date.now())))
  return new Engine(base, index, lookup)
}

/** Open the index; the tag makes its address, so that an old one in a cache can be gone round. */
async function open(pagefind, tag) {
  const index = pagefind.createInstance({
    noWorker: true,
    metaCacheTag: tag,
    excerptLength: EXCERPT,
    ranking: RANKING,
  })
  await index.filters()
  return index
}

/** The index with its lookup. */
export class Engine {
  constructor(base, index, lookup) {
    this.base = base
    this.index = index
    this.spelling = new Spelling(unpack(lookup.words))
    this.kinds = lookup.kinds
    this.axes = Object.entries(lookup.axes)
    this.reo = lookup.reo
    this.things = new Map(Object.entries(lookup.things))
    this.order = new Map([...this.things.keys()].map((id, index) => [id, index]))
  }

  /**
   * Find things.
   *
   * @param {string} query - as typed; when empty, all that fits the choices is found
   * @param {Record<string, string>} chosen - what must fit: a kind, or an id for an axis
   * @returns {Promise<{found: object[], counts: Map<string, number>, total: number,
   *   instead: object[], whole: number|null}>} `counts` by "axis:id"; `total` without the choices;
   *   `instead` says what was looked for in place of which term; `whole` counts what has all the
   *   words, where there is little of it and things that have some of them follow
   */
  async search(query, chosen = {}) {
    const answer = await this.ask(query)
    const all = this.ranked(answer.hits)
    const found = all.filter((thing) => this.fits(thing, chosen))
    return {...answer, found, counts: this.count(all, chosen), total: all.length}
  }

  /** Ask in every spelling; where few things have all the words, ask word by word too. */
  async ask(query) {
    const typed = terms(query).slice(0, MOST_TERMS)
    if (!typed.length || QUOTED.test(query)) {
      // Without words Pagefind gives everything; words in quotes it takes as they stand.
      const hits = hitsOf(await this.index.search(typed.length ? query : null), typed.length)
      return {hits, instead: [], whole: null}
    }
    const words = typed.filter((term) => !IDLE.has(term))
    const asked = (words.length ? words : typed).map((term) => ({term, ...this.spelling.expand(term)}))
    const known = asked.filter((item) => item.how !== NONE)
    const instead = asked.filter((item) => item.how !== AS_TYPED)
    const whole = await this.together(known)
    if (known.length < 2 || whole.size >= ENOUGH) {
      return {hits: whole, instead, whole: null}
    }
    const hits = await this.apart(known)
    for (const [id, hit] of whole) {
      hits.set(id, {...hit, tier: known.length + 1})
    }
    return {hits, instead, whole: whole.size}
  }

  /** Look for things that have all the words, each in one of its spellings. */
  async together(asked) {
    let ways = asked.length ? [[]] : []
    for (const {words} of asked) {
      ways = ways.flatMap((way) => words.map((word) => [...way, word])).slice(0, MOST_WAYS)
    }
    const best = new Map()
    for (const way of ways) {
      for (const [id, hit] of await this.look(way)) {
        best.set(id, hit.score > (best.get(id)?.score ?? -1) ? hit : best.get(id))
      }
    }
    return best
  }

  /** Look for things that have some of the words: those that have most come first. */
  async apart(asked) {
    const sum = new Map()
    for (const item of asked) {
      for (const [id, hit] of await this.together([item])) {
        const {score = 0, tier = 0, named = false} = sum.get(id) ?? {}
        const more = {score: score + hit.score, tier: tier + 1, named: named || hit.named}
        sum.set(id, {...hit, ...more})
      }
    }
    return sum
  }

  /**
   * Look for words. Pagefind finds longer words too, but only in the parts of the index that it
   * has: so those are loaded first, and the same words always find the same.
   */
  async look(words) {
    const longer = words.flatMap((word) => (word.length > 2 ? spread(this.spelling.beginning(word)) : []))
    await Promise.all(longer.map((word) => this.index.preload(word)))
    return hitsOf(await this.index.search(words.join(' ')), words.length)
  }

  /** Put things in order: what has more words first, then the best, then as the lookup has them. */
  ranked(hits) {
    const found = [...hits].filter(([id]) => this.things.has(id)).map(([id, hit]) => {
      const [at, length] = this.things.get(id)
      const [kind, factor] = this.kinds[at]
      // A title that says little else than the query is what the reader means.
      const share = hit.named ? Math.min(1, hit.words / Math.max(1, length)) : 0
      const score = hit.score * factor * (1 + WHOLE_TITLE * share)
      return {id, kind, score, tier: hit.tier ?? 0, data: hit.data}
    })
    return found.sort(
      (one, other) => other.tier - one.tier || other.score - one.score ||
        this.order.get(one.id) - this.order.get(other.id)
    )
  }

  fits(thing, chosen, but = '') {
    return Object.entries(chosen).every(
      ([axis, id]) => !id || axis === but || this.bears(thing.id, axis, id)
    )
  }

  /** Tell whether a thing is of a kind, or bears on an id of an axis. */
  bears(thing, axis, id) {
    const [kind, , ...bits] = this.things.get(thing)
    if (axis === 'kind') {
      return this.kinds[kind][0] === id
    }
    const at = this.axes.findIndex(([name]) => name === axis)
    return at >= 0 && ((bits[at] >>> this.axes[at][1].indexOf(id)) & 1) === 1
  }

  /** Count, for each choice, the things that would be left if it were made. */
  count(all, chosen) {
    const counts = new Map()
    const axes = [...this.axes, ['kind', this.kinds.map(([kind]) => kind)]]
    for (const [axis, ids] of axes) {
      const left = all.filter((thing) => this.fits(thing, chosen, axis))
      for (const id of ids) {
        counts.set(`${axis}:${id}`, left.filter((thing) => this.bears(thing.id, axis, id)).length)
      }
    }
    return counts
  }
}

/** Pick some of a sorted list: the ends, and what lies between at equal steps. */
function spread(words) {
  const step = Math.max(1, (words.length - 1) / (MOST_CHUNKS - 1))
  const places = Array.from({length: MOST_CHUNKS}, (_, index) => Math.round(index * step))
  return [...new Set(places)].filter((place) => place < words.length).map((place) => words[place])
}

/** Give each thing that was found by its id: how well it fits, and what loads its text. */
function hitsOf(answer, words) {
  return new Map(
    answer.results.map(({id, score, data, matchedMetaFields}) => [
      id,
      {score, data, words, named: Boolean(matchedMetaFields?.includes('title'))},
    ])
  )
}
