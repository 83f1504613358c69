/** What the reader is told about works kept in this browser. */
import {NEWER} from './assessments.js'
import {DELETED, OUTDATED} from './desk.js'
import {BLOCKED, CORRUPT, FULL} from './storage.js'

const LONGEST_NAME = 100
const CURE = 'Use “Save to a file” before you leave this page.'

/** What each trouble means for the reader, and what to do. */
export const TROUBLES = {
  [BLOCKED]: `Not saved: this browser keeps nothing here, perhaps because this is a private window. ${CURE}`,
  [FULL]: `Not saved: there is no room left in this browser. ${CURE} Then delete what you no longer need.`,
  [DELETED]: `Not saved: this was deleted in another tab. It is still here. Change anything to save it again, or use “Save to a file”.`,
  [CORRUPT]: "Something that was saved here can't be read any more. It was not deleted. Save it to a file, so that somebody can look at it.",
  [NEWER]: 'Something here was saved by a newer version of this page, so it is not shown. Reload the page.',
  [OUTDATED]: `These answers were saved by a newer version of this page. What you change here is not kept. ${CURE} Then reload it.`,
}

/**
 * Make the name of a file out of names that readers gave.
 *
 * @param {string[]} parts - such as the id of a checklist and the name of an assessment
 * @param {string} ending - with its dot
 * @returns {string} without what file systems refuse
 */
export function fileName(parts, ending) {
  const safe = parts.map((part) =>
    part
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 80)
  )
  return `${safe.filter(Boolean).join('.')}${ending}`
}

/**
 * Name a work that comes in a file: as its reader called it, or else as the file is called.
 *
 * @param {string} given - the name inside the file; may be empty, and is anyone's
 * @param {string} file - name of the file
 * @param {string} entry - id of the checklist
 * @returns {string} one line, never empty
 */
export function nameOf(given, file, entry) {
  const line = given.replace(/\s+/g, ' ').trim()
  return [...line].slice(0, LONGEST_NAME).join('') || nameFrom(file, entry)
}

/**
 * Guess the name of a work from the file that it comes in: the reverse of `fileName`.
 *
 * @param {string} name - of the file
 * @param {string} entry - id of the checklist
 * @returns {string} never empty
 */
function nameFrom(name, entry) {
  const bare = name.replace(/(\.answers)?( ?\(\d+\))?\.json$/i, '')
  const own = bare.startsWith(entry) ? bare.slice(entry.length) : bare
  return own.replace(/[-._\s]+/g, ' ').trim().slice(0, LONGEST_NAME) || 'From a file'
}

/**
 * Make a name that no other work has.
 *
 * @param {string} wanted
 * @param {string[]} taken
 * @returns {string} `wanted`, or with a number after it
 */
export function unused(wanted, taken) {
  let name = wanted
  for (let number = 2; taken.includes(name); number += 1) {
    name = `${wanted} (${number})`
  }
  return name
}
