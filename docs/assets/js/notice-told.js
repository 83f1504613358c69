/** What the reader of a template is told of the answers. */
import {DELETED, NEWER} from './notice-answers.js'
import {BLOCKED, CORRUPT, FULL} from './storage.js'

/** What is said of keeping, by what stands in its way. */
export const KEPT = {
  '': 'Saved in this browser only.',
  [BLOCKED]:
    'This browser keeps nothing, as in some private windows. Save your answers to a file before you leave.',
  [FULL]:
    'There is no room left in this browser. Your last answers are not kept: save them to a file before you leave.',
  [CORRUPT]: 'What was kept here can’t be read.',
  [NEWER]:
    'A newer edition of this page has kept answers here that this one can’t read. They are left alone. What you write now is not kept: save it to a file before you load the page again.',
  [DELETED]:
    'Your answers were cleared in another tab. They are still here, but they are not kept any more. Change one to keep them all again, or save them to a file.'
}
export const CHANGED = 'The wording of this question may have changed since you answered it. Look at it again.'
export const ELSEWHERE = 'Your answers were changed in another tab. You see them as they are now.'
export const MISSING = 'A part of this page could not be loaded. Are you offline? Try it again later.'

/**
 * Say what came out of a file.
 *
 * @param {import('./notice-answers.js').Answers} answers - as they are now
 * @returns {string} sentences
 */
export function opened({answers, changed, strangers, trouble}) {
  const found = answers.size === 1 ? '1 answer' : `${answers.size || 'no'} answers`
  const parts = [
    `The file is open. It holds ${found}.`,
    changed.length && `${changed.length} to look at again.`,
    strangers.length && `${strangers.length} to what this template does not ask.`,
    trouble && KEPT[trouble]
  ]
  return parts.filter(Boolean).join(' ')
}

/** Write a status only when it changes: screen readers read it out each time. */
export function say($status, text) {
  if ($status.textContent !== text) {
    $status.textContent = text
  }
}

/** Write a line for each thing that is wrong. */
export function tellAll($box, lines) {
  $box.replaceChildren(...lines.map((line) => {
    const $line = document.createElement('p')
    $line.textContent = line
    return $line
  }))
}

/** List answers to what the template does not ask. */
export function tellStrangers($box, found) {
  $box.hidden = !found.length
  $box.querySelector('ul').replaceChildren(...found.map(([id, text]) => {
    const $item = document.createElement('li')
    $item.textContent = `${id}: ${text}`
    return $item
  }))
}
