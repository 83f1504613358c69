/**
 * What a reader has answered in a decision helper, and how this browser keeps it.
 *
 * Nothing is dropped without a word: an answer that no longer fits moves to `old`, with the words
 * that were asked and said.
 */
import {dayOf} from './days.js'
import {chosen, follow} from './decision-tree.js'
import {CORRUPT, read, remove, write} from './storage.js'

/**
 * @typedef {object} State
 * @property {string} version - of the helper that was answered
 * @property {import('./decision-tree.js').Step[]} steps - the way so far
 * @property {Object<string, Known>} before - the last answer to each question ever answered, and
 *   each outcome ever reached
 * @property {string} end - id of the outcome that the way leads to; empty when there is none yet
 * @property {Object<string, string>} notes - by the id of a question or outcome
 * @property {{asked: string, said: string, note: string}[]} old - answers that no longer fit
 * @property {string} then - the version that `old` belongs to; empty while nothing changed
 * @property {string} day - of the last answer
 */

/**
 * @typedef {object} Known - what was last answered, and the words it was answered to
 * @property {string} answer - id of the answer; empty for an outcome
 * @property {string} fingerprint - of the question or outcome
 * @property {string} asked - the question, or the outcome
 * @property {string} said - the answer; empty for an outcome
 */

/** Answers of one helper. */
export class Answers {
  /**
   * @param {string} helper - its id
   * @param {string} version - of the page
   * @param {import('./decision-tree.js').Tree} tree - of the page
   */
  constructor(helper, version, tree) {
    this.key = `decision:${helper}`
    this.version = version
    this.tree = tree
    /** What stands in the way of keeping: `other`, or a trouble of storage; empty when nothing. */
    this.trouble = ''
    /** What this browser kept when this tab last read or wrote it, as it is; null for nothing. */
    this.seen = null
    this.state = this.blank()
  }

  /** @returns {State} of a reader who has answered nothing */
  blank() {
    return {version: this.version, steps: [], end: '', before: {}, notes: {}, old: [], then: '', day: ''}
  }

  /** Whether anything is there that a reader would miss. */
  get isEmpty() {
    const {before, notes, old} = this.state
    return !Object.keys(before).length && !Object.values(notes).some(Boolean) && !old.length
  }

  /** Where the way leads: the id of a question or outcome. */
  get here() {
    return follow(this.tree, this.state.steps).here
  }

  /**
   * Give the record of the way so far.
   *
   * @param {{id: string, title: string, address: string}} helper - which one it is
   * @returns {import('./decision-record.js').Record} plain data
   */
  record(helper) {
    const {steps, notes, old, day, version} = this.state
    const {id, title, isEnd, steps: todo} = this.tree.stops.get(this.here)
    const answers = steps.map((step) => {
      const {means} = chosen(this.tree, step)
      return {...step, means, note: notes[step.question] ?? ''}
    })
    const outcome = isEnd ? {id, title, steps: todo, note: notes[id] ?? ''} : null
    return {helper: {...helper, version}, day, answers, outcome, old}
  }

  /** Take up what this browser keeps, fitted to the page of today. */
  restore() {
    const {value, trouble, text} = read(this.key)
    const sound = value === null ? this.blank() : sane(value)
    this.trouble = trouble || (sound ? '' : CORRUPT)
    this.seen = text
    this.state = this.fitted(sound ?? this.blank())
    this.go(this.state.steps)
  }

  /** @returns {State} with what no longer fits moved to `old` */
  fitted(state) {
    const {steps, here, lost} = follow(this.tree, state.steps)
    const gone = state.steps.slice(state.steps.length - lost)
    const stale = this.stale(state, here)
    const asked = new Set(gone.map(({question}) => question))
    const others = stale.filter(([id]) => !asked.has(id)).map(([question, known]) => ({question, ...known}))
    const moved = [...gone, ...others].map((one) => entry(one, state.notes))
    const changed = state.version !== this.version || moved.length > 0
    const then = changed && (state.steps.length || moved.length) ? state.version : state.then
    const ids = new Set(stale.map(([id]) => id))
    const before = without(state.before, (id) => ids.has(id))
    const notes = without(state.notes, (id) => ids.has(id) && !this.tree.stops.has(id))
    return {...state, steps, before, notes, old: [...state.old, ...moved], then, version: this.version}
  }

  /**
   * Find what was answered to words that are not those of today. What the words of an outcome were
   * is only of interest when somebody has a note on it.
   *
   * @param {State} state - as it was kept
   * @param {string} here - where its way leads now
   * @returns {[string, Known][]} by id
   */
  stale({before, notes, end}, here) {
    return Object.entries(before).filter(([id, {answer, fingerprint}]) => {
      const isOther = this.tree.stops.get(id)?.fingerprint !== fingerprint
      const isLeft = id === end && id !== here
      return answer ? isOther : Boolean(notes[id]) && (isOther || isLeft)
    })
  }

  /**
   * Tell whether a way can be gone without losing an answer that is kept.
   *
   * @param {{question: string, answer: string}[]} way - from an address
   */
  agrees(way) {
    const {before} = this.state
    return way.every(({question, answer}) => (before[question]?.answer ?? answer) === answer)
  }

  /** Go a way; answers beyond it stay in mind. */
  go(way) {
    const {steps, here, lost} = follow(this.tree, way)
    const {isEnd, fingerprint, title} = this.tree.stops.get(here)
    const outcome = {question: here, answer: '', fingerprint, asked: title, said: ''}
    const reached = isEnd ? [...steps, outcome] : steps
    const known = Object.fromEntries(reached.map(({question, ...more}) => [question, more]))
    const before = {...this.state.before, ...known}
    this.state = {...this.state, steps, end: isEnd ? here : '', before}
    return lost
  }

  /** Change something of the state, and keep it unless the reader has to choose first. */
  change(more) {
    this.state = {...this.state, ...more, day: dayOf(new Date())}
    this.keep()
  }

  /** Keep the state in this browser, unless something else is there that would be lost. */
  keep() {
    if (this.isOutdated) {
      this.trouble = 'other'
    }
    if (!this.mustChoose) {
      this.put()
    }
  }

  put() {
    this.trouble = write(this.key, this.state)
    this.seen = read(this.key).text
  }

  /**
   * Whether something is kept that this tab has not seen. A page that slept hears of no change, so
   * this has to be asked before each write.
   */
  get isOutdated() {
    return read(this.key).text !== this.seen
  }

  /** Whether keeping would destroy what the reader has not let go. */
  get mustChoose() {
    return this.trouble === 'other' || this.trouble === CORRUPT
  }

  /** Keep this state in place of what is kept. */
  replace() {
    this.put()
  }

  /** Forget all answers and notes. What the reader has not chosen to replace stays. */
  clear() {
    this.state = this.blank()
    if (this.isOutdated) {
      this.trouble = 'other'
    }
    if (!this.mustChoose) {
      this.trouble = remove(this.key)
      this.seen = read(this.key).text
    }
  }
}

/** @returns {State|null} what was kept, if it has the right shape: others can write there too */
function sane(value) {
  const {version, steps, end, before, notes, old, then, day} = Object(value)
  const right =
    [version, end, then, day].every(isText) &&
    isMap(notes) && Object.values(notes).every(isText) &&
    isMap(before) && Object.values(before).every((one) => hasTexts(one, KNOWN)) &&
    Array.isArray(steps) && steps.every((one) => hasTexts(one, ['question', ...KNOWN])) &&
    Array.isArray(old) && old.every((one) => hasTexts(one, ['asked', 'said', 'note']))
  return right ? {version, steps, end, before, notes, old, then, day} : null
}

const KNOWN = ['answer', 'fingerprint', 'asked', 'said']

function hasTexts(value, keys) {
  return keys.every((key) => isText(value?.[key]))
}

/** What was answered, as it stands among those that no longer fit. */
function entry({question, answer, asked, said}, notes) {
  return {asked: answer ? asked : `Outcome: ${asked}`, said, note: notes[question] ?? ''}
}

/** A map without some of its keys. */
function without(map, isOut) {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !isOut(key)))
}

function isText(value) {
  return typeof value === 'string'
}

function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
