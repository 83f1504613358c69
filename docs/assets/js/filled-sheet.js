/**
 * The answers to put into a form, made sound: the rules of `answers.py`, word for word, so that a
 * file made here and one made by `dpup answers write` hold the same. Nothing is ever dropped.
 *
 * @typedef {import('./answers-shape.js').Answer} Answer
 */
import {FORMAT, LONGEST, LONGEST_NAME, MOST_ROWS, TEXTS, sound} from './answers-shape.js'
import {isoDay} from './days.js'

/** A form can't be filled; the message is a sentence for people. */
export class FilledError extends Error {
  name = 'FilledError'
}

/** The parts of an answer that stand beside it. */
export const BESIDE = ['note', 'owner', 'due']

/**
 * Check a sheet and give it with all its parts, in words that every document can hold.
 *
 * @param {object} sheet - of the format `dpup-answers/1`
 * @param {string} entry - id of the form to fill
 * @returns {{version: string, name: string, answers: Map<string, Answer>}} in its order
 * @throws {FilledError} when it is no such sheet, or one of another form
 */
export function soundSheet(sheet, entry) {
  if (sheet?.format !== FORMAT || !isObject(sheet.answers)) {
    throw new FilledError(`These are no answers of the format ${FORMAT}.`)
  }
  if (sheet.entry !== entry) {
    throw new FilledError(`These are answers to '${sheet.entry}', and the form is '${entry}'.`)
  }
  const answers = new Map()
  for (const [id, given] of Object.entries(sheet.answers)) {
    const key = words(id, 'An id', LONGEST_NAME)
    if (!key || key.includes(':')) {
      throw new FilledError(`'${id}' can't be the id of an answer.`)
    }
    answers.set(key, soundAnswer(given, id))
  }
  const version = words(sheet.version ?? '', 'The version', LONGEST_NAME)
  return {version, name: words(sheet.name ?? '', 'The name', LONGEST_NAME), answers}
}

function soundAnswer(given, id) {
  if (!isObject(given)) {
    throw new FilledError(`The answer to '${id}' can't be read.`)
  }
  const strange = Object.keys(given).find((part) => part !== 'rows' && !Object.hasOwn(TEXTS, part))
  if (strange !== undefined) {
    throw new FilledError(`The answer to '${id}' has a part '${strange}', which no answer has.`)
  }
  const rows = given.rows ?? []
  if (!Array.isArray(rows) || rows.length > MOST_ROWS) {
    throw new FilledError(`The answer to '${id}' has rows that are no list, or more than ${MOST_ROWS}.`)
  }
  const name = `The answer to '${id}'`
  const texts = Object.entries(TEXTS).map(([part, most]) => [part, words(given[part] ?? '', name, most)])
  const found = {...Object.fromEntries(texts), rows: rows.map((row) => words(row, name, LONGEST))}
  return {...found, due: isoDay(found.due)}
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function words(text, name, most) {
  if (typeof text !== 'string') {
    throw new FilledError(`${name} is not a text.`)
  }
  if (text.length > most && [...text].length > most) {
    throw new FilledError(`${name} is longer than ${most} characters. Shorten it.`)
  }
  return sound(text)
}

/** Tell whether a note, a name or a day stands beside an answer. */
function hasBeside(answer) {
  return BESIDE.some((part) => answer[part])
}

/**
 * Give each answer the shape of what is asked: words for a field, rows for a column.
 *
 * @param {Map<string, Answer>} answers - of a sound sheet
 * @param {Map<string, {inTable: boolean}>} asked - what the form asks
 * @returns {Map<string, Answer>} the same, each fitted
 */
export function fitted(answers, asked) {
  const fits = ([id, answer]) => [id, asked.has(id) ? fit(answer, asked.get(id).inTable) : answer]
  return new Map([...answers].map(fits))
}

function fit(answer, inTable) {
  if (inTable && answer.answer) {
    return {...answer, answer: '', rows: [answer.answer, ...answer.rows]}
  }
  if (!inTable && answer.rows.length) {
    const text = [answer.answer, ...answer.rows].filter(Boolean).join('\n')
    return {...answer, answer: text, rows: []}
  }
  return answer
}

/**
 * Give what a file has to hold all the same: what the form has no place for.
 *
 * @param {Map<string, Answer>} answers - fitted
 * @param {Map<string, {takesNote: boolean}>} asked - what the form asks
 * @returns {Map<string, Answer>} answers to what it does not ask, and notes where it takes none
 */
export function strangersOf(answers, asked) {
  const found = new Map()
  for (const [id, answer] of answers) {
    if (!asked.has(id)) {
      found.set(id, answer)
    } else if (hasBeside(answer) && !asked.get(id).takesNote) {
      found.set(id, {...answer, answer: '', rows: []})
    }
  }
  return found
}

/** Say in one line what an answer is to: the words if they are known, and the id. */
export function labelOf(id, {asked}) {
  const words = asked.split(/\s+/).filter(Boolean).join(' ')
  return words ? `${words} (${id})` : id
}
