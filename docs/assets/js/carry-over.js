/**
 * How the answers of an assessment stand to the checklist of today. Pure: no DOM, no storage.
 *
 * The policy changes: items are reworded, split, merged and withdrawn. An answer belongs to the
 * wording that it was given to, so each of them is looked at again, and none is dropped. The
 * Python side says the same of a file in `answers.remarks`; both are held to shared cases.
 */
import {isEmpty} from './answers-shape.js'
import {isDay} from './days.js'

/** The wording has changed since it was answered. */
export const CHANGED = 'changed'
/** It is not known which wording was answered. */
export const UNSURE = 'unsure'
/** Part of the answer is nothing that the item takes. */
export const STRANGE = 'strange'
const CURRENT = 'current'

/**
 * @typedef {object} Form - the checklist of today
 * @property {string} version
 * @property {Map<string, import('./assessment.js').Ask>} items - by full id, in order
 * @property {Map<string, string[]>} gone - for each withdrawn id, what is in force in its place
 */

/**
 * @typedef {object} Standing
 * @property {string[]} carried - ids whose answers stand as they are
 * @property {Map<string, string>} again - ids to look at again, each with the reason
 * @property {Map<string, string[]>} offered - ids of items, each with the old ids whose answers
 *   may belong there and which the reader has not dealt with
 * @property {string[]} withdrawn - answered ids that are withdrawn
 * @property {string[]} unknown - answered ids that this checklist does not ask and that are not
 *   withdrawn
 * @property {number} answered - how many items have an answer that stands
 * @property {number} total - how many items there are
 */

/**
 * Compare answers with the checklist of today.
 *
 * @param {Map<string, import('./assessment.js').Answer>} answers - by full id
 * @param {Form} form
 * @returns {Standing}
 */
export function standing(answers, form) {
  const given = [...answers].filter(([, answer]) => !isEmpty(answer))
  const asked = given.filter(([id]) => form.items.has(id))
  const old = given.filter(([id]) => !form.items.has(id))
  const verdicts = asked.map(([id, answer]) => [id, verdict(answer, form.items.get(id))])
  const carried = verdicts.filter(([, said]) => said === CURRENT).map(([id]) => id)
  return {
    carried,
    again: new Map(verdicts.filter(([, said]) => said !== CURRENT)),
    offered: offers(old, form),
    withdrawn: old.filter(([id]) => form.gone.has(id)).map(([id]) => id),
    unknown: old.filter(([id]) => !form.gone.has(id)).map(([id]) => id),
    answered: carried.filter((id) => answers.get(id).answer).length,
    total: form.items.size,
  }
}

function verdict(answer, ask) {
  if (!answer.fingerprint) {
    return UNSURE
  }
  if (answer.fingerprint !== ask.fingerprint) {
    return CHANGED
  }
  const known = !answer.answer || ask.choices.includes(answer.answer)
  const dated = !answer.due || isDay(answer.due)
  return known && dated && !answer.rows.some(Boolean) ? CURRENT : STRANGE
}

function offers(old, form) {
  const found = new Map()
  for (const [id, answer] of old) {
    for (const to of form.gone.get(id) ?? []) {
      if (form.items.has(to) && !answer.settled.includes(to)) {
        found.set(to, [...(found.get(to) ?? []), id])
      }
    }
  }
  return found
}

/**
 * Tell whether the reader still has to decide something.
 *
 * @param {Standing} found
 */
export const isOpen = (found) => found.again.size + found.offered.size > 0

/**
 * Tell whether the checklist is another than the one that was answered. Answers in a file can lack
 * what would say so, or be none that an item takes.
 *
 * @param {Standing} found
 */
export const hasChanged = (found) =>
  found.offered.size + found.withdrawn.length > 0 || [...found.again.values()].includes(CHANGED)

/**
 * Say in a sentence what became of the answers.
 *
 * @param {Standing} found
 * @returns {string} for instance "12 carried over, 2 to look at again, 1 withdrawn."
 */
export function inWords(found) {
  const again = new Set([...found.again.keys(), ...found.offered.keys()]).size
  const parts = [
    `${found.carried.length} carried over`,
    again && `${again} to look at again`,
    found.withdrawn.length && `${found.withdrawn.length} withdrawn`,
    found.unknown.length && `${found.unknown.length} not asked on this page`,
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}
