/**
 * How an answer is said inside a sentence: dates in words, the lines of a list in a row.
 *
 * `src/dpup/wording.py` follows the same rules. `tests/notice-cases.json` holds both to them, so
 * a change here is a change there.
 */

// What is cut off at both ends. Python and JavaScript disagree on what else is white.
const AROUND = /^[ \t\n\r\u00a0]+|[ \t\n\r\u00a0]+$/g
const LINES = /[\r\n]+/
const DAY = /^([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/
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
 * @returns {string} words without line breaks
 */
export function said(kind, text) {
  if (kind === 'date') {
    return day(text)
  }
  if (kind === 'yes-no') {
    return {yes: 'Yes', no: 'No'}[text] ?? text
  }
  const lines = text.split(LINES).map(tidy).filter(Boolean)
  return kind === 'list' ? list(lines) : lines.join(' ')
}

function day(text) {
  const found = DAY.exec(text)
  if (!found) {
    return text.split(LINES).join(' ')
  }
  return `${Number(found[3])} ${MONTHS[Number(found[2]) - 1]} ${found[1]}`
}

function list(lines) {
  if (lines.length < 2) {
    return lines.join('')
  }
  const items = lines.map((line) => line.replace(/^[-*•] ?/, '').replace(/[,;.]+$/, '') || line)
  const mark = items.some((item) => item.includes(',')) ? ';' : ','
  const last = mark === ';' ? '; and ' : ' and '
  return items.slice(0, -1).join(`${mark} `) + last + items.at(-1)
}

/** Tell whether an answer ends like a sentence, so that no full stop follows it. */
export function endsItself(text) {
  return /[.!?…]$/.test(text)
}
