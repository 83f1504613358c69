/** Days as people write them and as programs do: the rules of `days.py`, with the same cases. */

const ISO = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/
const SPOKEN = /^([0-9]{1,2}) ([A-Z][a-z]+) ([0-9]{4})$/
// Not from the browser's language: a file has to say the same wherever it is made.
const MONTHS =
  'January February March April May June July August September October November December'.split(' ')

/** Tell whether a text is a day of the calendar, as 2026-11-24. */
export function isDay(text) {
  if (!ISO.test(text) || text.startsWith('0000')) {
    return false
  }
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** Give an ISO date as people write it, as 24 November 2026, and all else as it is. */
export function spokenDay(text) {
  const [year, month, day] = text.split('-')
  return isDay(text) ? `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}` : text
}

/** Give a day that people wrote as an ISO date, and all else as it is. */
export function isoDay(text) {
  const [, day, name, year] = SPOKEN.exec(text.trim()) ?? []
  const month = String(MONTHS.indexOf(name) + 1).padStart(2, '0')
  const written = `${year}-${month}-${day?.padStart(2, '0')}`
  return isDay(written) ? written : text
}

/** Give the day of a moment where the reader is, as 2026-11-24. */
export function dayOf(now) {
  const pad = (number) => String(number).padStart(2, '0')
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`
}
