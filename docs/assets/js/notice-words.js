/**
 * How an answer is said inside a sentence: dates in words, the lines of a list in a row.
 *
 * `src/dpup/wording.py` follows the same rules. `tests/notice-cases.json` holds both to them, so
 * a change here is a change there.
 */

// What is cut off at both ends. Python and JavaScript disagree on what else is white.
const AROUND = /^[ \t\n\r\u00a0]+|[ \t\n\r\u00a0]+$/g
const LINES = /[\r\n]+/
const DAY = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/
const MONTHS =
  'January February March April May June July August September October November December'.split(' ')

/**
 * Cut off the white space around an answer.
 *
 * @param {string} text - as it was written
 * @returns {string} empty when nothing was answered
 */
export function tidy(text) {
  return text.replace(AROUND, '')
}

/**
 * Give a tidy answer as it stands in a sentence.
 *
 * @param {string} kind - of the field
 * @param {string} text - the answer
 * @param {string} before - the words before it
 * @returns {string} words without line breaks
 */
export function said(kind, text, before = '') {
  if (kind === 'yes-no') {
    return {yes: 'Yes', no: 'No'}[text] ?? text
  }
  const lines = text.split(LINES).map(tidy).filter(Boolean)
  if (kind === 'list') {
    return list(lines, before)
  }
  return kind === 'date' ? day(lines.join(' ')) : lines.join(' ')
}

/** Write an ISO date as people do, and leave what names no day of the calendar. */
function day(text) {
  const [, year, month, number] = (DAY.exec(text) ?? []).map(Number)
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const last = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  const exists = year >= 1 && number >= 1 && number <= last
  return exists ? `${number} ${MONTHS[month - 1]} ${text.slice(0, 4)}` : text
}

function list(lines, before) {
  if (lines.length < 2) {
    return lines.join('')
  }
  const items = lines.map((line) => line.replace(/^[-*•] ?/, '').replace(/[,;.]+$/, '') || line)
  const mark = items.some((item) => item.includes(',')) ? ';' : ','
  const joint = ` ${before}`.includes(' not ') ? 'or' : 'and'
  const last = mark === ';' ? `; ${joint} ` : ` ${joint} `
  return items.slice(0, -1).join(`${mark} `) + last + items.at(-1)
}

/** Tell whether an answer ends like a sentence, so that no full stop follows it. */
export function endsItself(text) {
  return /[.!?…]$/.test(text)
}
