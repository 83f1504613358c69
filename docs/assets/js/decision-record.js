/** The record of one way through a decision helper, as plain data, as text and as JSON. */

const FORMAT = 'dpup-decision-record/1'
const MARKS = /[\\`*_[\]<>#|~&]/g
// What starts a list or a rule, or makes the line before it a heading.
const MARK_AT_START = /^(\s*)(\d*)([-+=.)])/

/**
 * @typedef {object} Entry
 * @property {string} question - its id
 * @property {string} asked - its words
 * @property {string} answer - id of the answer
 * @property {string} said - its words
 * @property {string} means - what it means already; may be empty
 * @property {string} note - of the reader; may be empty
 * @property {string} fingerprint - of the wording that was answered
 */

/**
 * @typedef {object} Record
 * @property {{id: string, title: string, version: string, address: string}} helper - which one
 * @property {string} day - of the last answer, as 2026-11-24; empty for an address from somebody
 * @property {Entry[]} answers - in order
 * @property {{id: string, title: string, steps: string[], note: string}|null} outcome - null while
 *   questions are left
 * @property {{asked: string, said: string, note: string}[]} old - answers to words that changed;
 *   nothing was said to an outcome
 */

/**
 * Write a record as JSON.
 *
 * @param {Record} record - what was answered
 * @returns {string} to save as a file
 */
export function asJson(record) {
  return JSON.stringify({format: FORMAT, ...record}, null, 2) + '\n'
}

/**
 * Write a record as Markdown, which reads well as plain text too.
 *
 * @param {Record} record - what was answered
 * @param {string} caution - what it is not
 * @returns {string} to save or to copy
 */
export function asMarkdown(record, caution) {
  const {helper, day, answers, outcome, old} = record
  const parts = [
    `# ${plain(helper.title)}`,
    [`Version ${helper.version}.`, day && `Answered on ${day}.`].filter(Boolean).join(' '),
    `<${helper.address}>`,
    '## Answers',
    ...answers.map((entry, index) => `${index + 1}. ${said(entry, '   ')}`),
    ...ending(outcome),
    ...(old.length ? ['## Answers to an older version', ...old.map((one) => `- ${said(one, '  ')}`)] : []),
    `_${plain(caution)}_`
  ]
  return parts.join('\n\n') + '\n'
}

/** One answer, its lines set in below its number. */
function said(entry, indent) {
  const lines = [plain(entry.asked)]
  if (entry.said) {
    lines.push(`**${plain(entry.said)}**`)
  }
  if (entry.means) {
    lines.push(plain(entry.means))
  }
  if (entry.note) {
    lines.push(`Note: ${note(entry.note, indent)}`)
  }
  return lines.join(`\n\n${indent}`)
}

function ending(outcome) {
  if (!outcome) {
    return ['## Outcome', 'None so far: questions are left.']
  }
  const lines = [`## Outcome: ${plain(outcome.title)}`, ...outcome.steps.map((step) => `- ${plain(step)}`)]
  return outcome.note ? [...lines, `Note: ${note(outcome.note, '')}`] : lines
}

/** What a reader wrote keeps its lines. */
function note(text, indent) {
  return text.trim().split('\n').map(plain).join(`\n${indent}`)
}

/** Marks of Markdown in a line stay what they are. */
function plain(line) {
  return line.replace(MARKS, '\\$&').replace(MARK_AT_START, '$1$2\\$3')
}
