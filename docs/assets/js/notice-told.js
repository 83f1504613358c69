/** What the reader of a template is told of the answers. */
import {DELETED, NEWER} from './notice-answers.js'
import {BLOCKED, CORRUPT, FULL} from './storage.js'

export {ask} from './dialog.js'

/** What is said of keeping, by what stands in its way. */
const KEPT = {
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
const CHANGED = 'The wording of this question may have changed since you answered it. Look at it again.'
export const ELSEWHERE = 'Your answers were changed in another tab. You see them as they are now.'

/** Say whether the answers are kept; nothing when there are none. */
export function ofKeeping({trouble, isEmpty}) {
  return trouble || !isEmpty ? KEPT[trouble] : ''
}

/** Say whether the answers could be deleted. */
export function ofClearing({trouble}) {
  return trouble ? KEPT[trouble] : 'Your answers are cleared.'
}

/**
 * Say what a reader has to know about an answer.
 *
 * @param {import('./notice-answers.js').Answers} answers - all of them
 * @param {string} name - of the field
 * @param {boolean} isChanged - whether the question may have changed since
 * @param {string[]} lost - what was answered and the page can't show
 * @returns {string[]} sentences
 */
export function notes(answers, name, isChanged, lost) {
  const was = answers.asked(name)
  const differs = isChanged && was && was !== answers.template.fields[name].wording
  return [
    ...(isChanged ? [CHANGED] : []),
    ...(differs ? [`When you answered, it asked: “${was}”`] : []),
    ...lost.map((text) => `You answered “${text}”, which does not fit here. It is kept until you change it.`)
  ]
}

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
