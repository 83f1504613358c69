/**
 * One assessment: a name, and the answers to a checklist as they were given. Pure: no DOM, no
 * storage, no clock.
 *
 * Each answer remembers which wording it answers, by fingerprint and word for word, and when it was
 * given. Nothing is ever deleted from `answers`: what is cleared stays as an empty answer with its
 * time, so that another tab can tell "cleared" from "not seen yet".
 */
import {LONGEST, TEXTS, isEmpty} from './answers-shape.js'

const NOTHING = Object.freeze({
  answer: '',
  note: '',
  owner: '',
  due: '',
  fingerprint: '',
  asked: '',
  rows: Object.freeze([]),
  settled: Object.freeze([]),
  at: 0,
})

/**
 * @typedef {object} Answer
 * @property {string} answer - the value that was chosen; empty for none
 * @property {string} note
 * @property {string} owner
 * @property {string} due - as 2026-11-24
 * @property {string[]} rows - only in files of templates; kept as they are
 * @property {string} fingerprint - of the wording that was answered; empty when not known
 * @property {string} asked - that wording; empty when not known
 * @property {string[]} settled - ids of new items at which the reader has dealt with this answer
 * @property {number} at - when it was given, in milliseconds
 */

/**
 * @typedef {object} Assessment
 * @property {string} id - unique in this browser
 * @property {string} entry - id of the checklist
 * @property {string} name - that the reader gave it
 * @property {number} named - when
 * @property {number} changed - when anything was last changed
 * @property {string} version - of the checklist when all answers were last in order
 * @property {Map<string, Answer>} answers - by full id
 */

/** @typedef {{id: string, fingerprint: string, wording: string, choices: string[]}} Ask */

/** Begin an assessment. */
export function create({id, entry, name, version, now}) {
  return {id, entry, name, named: now, changed: now, version, answers: new Map()}
}

/** Give the answer to an item; an empty one when there is none. */
export const answerTo = (work, id) => work.answers.get(id) ?? NOTHING

/** Give an assessment another name. */
export function rename(work, name, now) {
  return {...work, name, named: now, changed: now}
}

/** Copy an assessment under an id and a name of its own. */
export function duplicate(work, {id, name, now}) {
  return {...work, id, name, named: now, changed: now, answers: new Map(work.answers)}
}

/**
 * Change something about the answer to an item that is asked today.
 *
 * Choosing an answer answers the wording of today. A note beside an older answer does not: the
 * reader would no longer be told that the wording has changed.
 *
 * @param {Assessment} work - before
 * @param {Ask} ask - the item as it is asked today
 * @param {Partial<Answer>} change - the new fields
 * @param {number} now - in milliseconds
 * @returns {Assessment} after
 */
export function edit(work, ask, change, now) {
  const before = answerTo(work, ask.id)
  const after = {...before, ...change}
  if ('answer' in change || isEmpty(before)) {
    Object.assign(after, {fingerprint: ask.fingerprint, asked: ask.wording})
  }
  return put(work, ask.id, isEmpty(after) ? NOTHING : after, now)
}

/** Say that an answer fits the wording of today. */
export function confirm(work, ask, now) {
  const {fingerprint, wording} = ask
  return put(work, ask.id, {...answerTo(work, ask.id), fingerprint, asked: wording}, now)
}

/** Take an answer away. */
export const clear = (work, id, now) => put(work, id, NOTHING, now)

/** Put an answer back as it was. */
export const restore = (work, id, answer, now) => put(work, id, answer, now)

/** Note that the reader has dealt with an old answer at a new item. */
export function settle(work, from, to, now) {
  const old = answerTo(work, from)
  return put(work, from, {...old, settled: [...new Set([...old.settled, to])].sort()}, now)
}

/**
 * Use the answer to an item that is no longer asked at an item in its place. The old one stays.
 *
 * @param {Assessment} work - before
 * @param {string} from - full id of the old item
 * @param {Ask} ask - the new item
 * @param {number} now - in milliseconds
 * @returns {Assessment|null} after; null when the two notes together are too long
 */
export function adopt(work, from, ask, now) {
  const old = answerTo(work, from)
  const here = answerTo(work, ask.id)
  const change = {
    ...(ask.choices.includes(old.answer) && {answer: old.answer}),
    note: joined(here.note, old.note),
    owner: here.owner || old.owner,
    due: here.due || old.due,
  }
  const fits = change.note.length <= LONGEST
  return fits ? settle(edit(work, ask, change, now), from, ask.id, now) : null
}

function joined(one, other) {
  return one.includes(other) ? one : [one, other].filter(Boolean).join('\n')
}

function put(work, id, answer, now) {
  const at = Math.max(now, answerTo(work, id).at + 1)
  const answers = new Map(work.answers).set(id, {...answer, at})
  return {...work, answers, changed: Math.max(now, work.changed)}
}

/**
 * Join what two tabs know of one assessment: the newest answer to each item wins.
 *
 * The order of the two makes no difference, and joining again changes nothing. So tabs come to
 * the same in the end, whichever writes first.
 *
 * @param {Assessment} one
 * @param {Assessment} other - of the same id
 * @returns {Assessment} both
 */
export function merge(one, other) {
  const ids = [...new Set([...one.answers.keys(), ...other.answers.keys()])]
  const newest = ids.map((id) => [id, later(answerTo(one, id), answerTo(other, id), 'at')])
  const {name, named} = later(naming(one), naming(other), 'named')
  const {version, changed} = later(dating(one), dating(other), 'changed')
  return {id: one.id, entry: one.entry, name, named, changed, version, answers: new Map(newest)}
}

const naming = ({name, named}) => ({name, named})
const dating = ({version, changed}) => ({version, changed})

function later(one, other, time) {
  if (one[time] !== other[time]) {
    return one[time] > other[time] ? one : other
  }
  return stable(one) >= stable(other) ? one : other
}

const stable = (value) => JSON.stringify(value, Object.keys(value).sort())

/** Tell whether two assessments say the same. */
export function same(one, other) {
  const ids = [...one.answers.keys()]
  return (
    one.answers.size === other.answers.size &&
    stable({...one, answers: 0}) === stable({...other, answers: 0}) &&
    ids.every((id) => other.answers.has(id) && stable(answerTo(one, id)) === stable(answerTo(other, id)))
  )
}

/** Give what is kept in the browser. */
export function toStore(work) {
  return {...work, answers: Object.fromEntries(work.answers)}
}

/**
 * Read what is kept in the browser; it may have been spoilt.
 *
 * @param {any} kept - parsed JSON
 * @returns {Assessment|null} null when it is not an assessment
 */
export function fromStore(kept) {
  const texts = ['id', 'entry', 'name', 'version'].every((key) => typeof kept?.[key] === 'string')
  const times = ['named', 'changed'].every((key) => Number.isFinite(kept?.[key]))
  if (!texts || !times || !isObject(kept.answers)) {
    return null
  }
  const answers = Object.entries(kept.answers)
  if (!answers.every(([, answer]) => isAnswer(answer))) {
    return null
  }
  const {id, entry, name, version, named, changed} = kept
  const whole = answers.map(([key, answer]) => [key, {...NOTHING, ...answer}])
  return {id, entry, name, named, changed, version, answers: new Map(whole)}
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isTexts = (value) => Array.isArray(value) && value.every((text) => typeof text === 'string')

function isAnswer(value) {
  return (
    isObject(value) &&
    Object.keys(TEXTS).every((name) => typeof value[name] === 'string') &&
    isTexts(value.rows) &&
    isTexts(value.settled) &&
    Number.isFinite(value.at)
  )
}

/**
 * Give the answers as a file holds them; those to items that are no longer asked go with them.
 *
 * @param {Assessment} work
 * @returns {import('./answers-shape.js').Sheet}
 */
export function toSheet({entry, version, name, answers}) {
  const said = [...answers].filter(([, answer]) => !isEmpty(answer))
  return {entry, version, name, answers: new Map(said)}
}

/**
 * Make an assessment of a file.
 *
 * @param {import('./answers-shape.js').Sheet} sheet
 * @param {{id: string, name: string, now: number, wordings: Map<string, string>}} about - with
 *   the wordings that this page knows, by fingerprint, for files that lack them
 * @returns {Assessment}
 */
export function fromSheet(sheet, {id, name, now, wordings}) {
  const answers = [...sheet.answers].map(([key, said]) => {
    const asked = said.asked || (wordings.get(said.fingerprint) ?? '')
    return [key, {...NOTHING, ...said, asked, at: isEmpty(said) ? 0 : now}]
  })
  const {entry, version} = sheet
  return {id, entry, name, named: now, changed: now, version, answers: new Map(answers)}
}
