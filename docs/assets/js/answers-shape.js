/**
 * Answers in the shape `dpup-answers/1`: how they are written, and how what this browser kept is
 * read again. Files, which come from anyone, are read by `answers-file.js`, which says what is wrong.
 */

/** The format of a file. */
export const FORMAT = 'dpup-answers/1'
export const LONGEST = 30_000
export const LONGEST_NAME = 200
export const MOST_ROWS = 2_000
export const MOST_ANSWERS = 2_000
/** The most characters of each text of an answer. */
export const TEXTS = {
  answer: LONGEST,
  note: LONGEST,
  owner: LONGEST,
  due: LONGEST_NAME,
  fingerprint: LONGEST_NAME,
  asked: LONGEST,
}
// What no document can hold (XML 1.0, section 2.2), and the marks that turn the direction of text round.
const UNSOUND = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|[\u202a-\u202e\u2066-\u2069]/gu

/**
 * @typedef {object} Answer
 * @property {string} answer - what was chosen or written; empty for none
 * @property {string[]} rows - of a column of a table
 * @property {string} note
 * @property {string} owner - who takes it on
 * @property {string} due - by when, as 2026-11-24
 * @property {string} fingerprint - of the wording that was answered; empty when not known
 * @property {string} asked - that wording itself; empty when not known
 */

/**
 * @typedef {object} Sheet
 * @property {string} entry - id of the checklist or template
 * @property {string} version - that was filled in
 * @property {string} [name] - what the reader calls this set of answers
 * @property {Map<string, Answer>} answers - by full id
 */

/**
 * Give answers as plain data, in the shape of a file.
 *
 * @param {Sheet} sheet - the answers
 * @returns {object} what JSON can hold
 */
export function plain({entry, version, name, answers}) {
  const all = [...answers].map(([id, said]) => {
    const {answer, rows, note, fingerprint, owner, due, asked} = said
    // Left out when empty, so that older tools can read the file too.
    const more = {...(owner && {owner}), ...(due && {due}), ...(asked && {asked})}
    return [id, {answer, rows, note, fingerprint, ...more}]
  })
  return {format: FORMAT, entry, version, ...(name && {name}), answers: Object.fromEntries(all)}
}

/** Tell whether an answer says nothing at all. */
export function isEmpty({answer, note, owner, due, rows}) {
  return !(answer || note || owner || due || rows.some(Boolean))
}

/** Give a text in one kind of lines, with a sign in the place of what no document can hold. */
export const sound = (text) => text.toWellFormed().replace(/\r\n?/g, '\n').replace(UNSOUND, '\ufffd')

/**
 * Read what `plain` gave and a browser kept. It may have been spoilt since.
 *
 * @param {string} text - JSON
 * @param {string} entry - whose answers they have to be
 * @returns {Sheet|null} null when it is anything else
 */
export function kept(text, entry) {
  try {
    const {format, version, name = '', answers, ...more} = JSON.parse(text)
    const found = Object.entries(answers)
    const isOurs = format === FORMAT && more.entry === entry && Object.keys(more).length === 1
    const isNamed = isText(version, LONGEST_NAME) && isText(name, LONGEST_NAME)
    if (!isOurs || !isNamed || found.length > MOST_ANSWERS || !found.every(isAnswer)) {
      return null
    }
    return {entry, version, name: sound(name), answers: new Map(found.map(([id, said]) => [id, whole(said)]))}
  } catch {
    return null
  }
}

function isText(value, longest) {
  return typeof value === 'string' && [...value].length <= longest
}

function isAnswer([id, said]) {
  if (said?.constructor !== Object) {
    return false
  }
  const {rows = [], ...texts} = said
  return (
    isText(id, LONGEST_NAME) &&
    Array.isArray(rows) &&
    rows.length <= MOST_ROWS &&
    rows.every((row) => isText(row, LONGEST)) &&
    Object.entries(texts).every(([name, text]) => Object.hasOwn(TEXTS, name) && isText(text, TEXTS[name]))
  )
}

function whole(said) {
  const texts = Object.keys(TEXTS).map((name) => [name, sound(said[name] ?? '')])
  return {...Object.fromEntries(texts), rows: (said.rows ?? []).map(sound)}
}
