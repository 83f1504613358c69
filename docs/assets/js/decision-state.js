/**
 * What a reader has answered in a decision helper, and how this browser keeps it.
 *
 * Nothing is dropped without a word: an answer that no longer fits moves to `old`, with the words
 * that were asked and said.
 */
import {CORRUPT, read, remove, write} from './storage.js'
import {chosen, follow} from './decision-tree.js'
import {dayOf} from './decision-record.js'

/**
 * @typedef {object} State
 * @property {string} version - of the helper that was answered
 * @property {import('./decision-tree.js').Step[]} steps - the way so far
 * @property {Object<string, string>} before - the last answer to each question ever answered
 * @property {Object<string, string>} notes - by the id of a question or outcome
 * @property {{asked: string, said: string, note: string}[]} old - answers that no longer fit
 * @property {string} then - the version that `old` belongs to; empty while nothing changed
 * @property {string} day - of the last answer
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
    this.state = this.blank()
  }

  /** @returns {State} of a reader who has answered nothing */
  blank() {
    return {version: this.version, steps: [], before: {}, notes: {}, old: [], then: '', day: ''}
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
    this.raw = text ?? ''
    this.state = this.fitted(sound ?? this.blank())
  }

  /** @returns {State} with what no longer fits moved to `old` */
  fitted(state) {
    const {steps, lost} = follow(this.tree, state.steps)
    const gone = state.steps.slice(state.steps.length - lost)
    const moved = gone.map(({question, asked, said}) => ({asked, said, note: state.notes[question] ?? ''}))
    const changed = state.version !== this.version || lost > 0
    const then = changed && state.steps.length ? state.version : state.then
    return {...state, steps, old: [...state.old, ...moved], then, version: this.version}
  }

  /**
   * Tell whether a way can be gone without losing an answer that is kept.
   *
   * @param {{question: string, answer: string}[]} way - from an address
   */
  agrees(way) {
    const {before} = this.state
    return way.every(({question, answer}) => (before[question] ?? answer) === answer)
  }

  /** Go a way; answers beyond it stay in mind. */
  go(way) {
    const {steps, lost} = follow(this.tree, way)
    const given = Object.fromEntries(steps.map(({question, answer}) => [question, answer]))
    this.state = {...this.state, steps, before: {...this.state.before, ...given}}
    return lost
  }

  /** Change something of the state, and keep it unless the reader has to choose first. */
  change(more) {
    this.state = {...this.state, ...more, day: dayOf(new Date())}
    this.keep()
  }

  /** Keep the state in this browser, unless something else is there that would be lost. */
  keep() {
    if (this.mustChoose) {
      return
    }
    this.trouble = write(this.key, this.state)
  }

  /** Whether keeping would destroy what the reader has not let go. */
  get mustChoose() {
    return this.trouble === 'other' || this.trouble === CORRUPT
  }

  /** Keep this state in place of what is kept. */
  replace() {
    this.trouble = ''
    this.keep()
  }

  /** Forget all answers and notes. What the reader has not chosen to replace stays. */
  clear() {
    this.state = this.blank()
    if (!this.mustChoose) {
      this.trouble = remove(this.key)
    }
  }
}

/** @returns {State|null} what was kept, if it has the right shape: others can write there too */
function sane(value) {
  const {version, steps, before, notes, old, then, day} = Object(value)
  const right =
    [version, then, day].every(isText) &&
    [before, notes].every((map) => isMap(map) && Object.values(map).every(isText)) &&
    Array.isArray(steps) && steps.every((step) => STEP.every((key) => isText(step?.[key]))) &&
    Array.isArray(old) && old.every((one) => OLD.every((key) => isText(one?.[key])))
  return right ? {version, steps, before, notes, old, then, day} : null
}

const STEP = ['question', 'answer', 'fingerprint', 'asked', 'said']
const OLD = ['asked', 'said', 'note']

function isText(value) {
  return typeof value === 'string'
}

function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
