/** What a reader of a checklist has to look at again at an item: old wordings and old answers. */
import {CHANGED, STRANGE, UNSURE} from './carry-over.js'
import {node} from './work-bar.js'

const REASONS = {
  [CHANGED]: 'The wording has changed since you answered.',
  [UNSURE]: 'It is not known which wording was answered.',
  [STRANGE]: 'Part of this answer does not fit the item. It is kept as it is until you choose again.',
}
/**
 * Make what to look at again at an item.
 *
 * @param {import('./checklist-item.js').Item} item
 * @param {object} answer - as it is kept
 * @param {string|undefined} reason - why its answer has to be looked at again
 * @param {{id: string, answer: object, stone: HTMLElement}[]} offers - old answers that may
 *   belong here
 * @returns {HTMLElement[]} one for each reason and offer
 */
export function looks(item, answer, reason, offers) {
  return [...(reason ? [again(item, answer, reason)] : []), ...offers.map((one) => offer(item, one))]
}

function again(item, answer, reason) {
  const $part = part(REASONS[reason], `Your answer: ${item.inWords(answer)}`)
  if (reason !== STRANGE) {
    const old = answer.asked || 'These words are not in the file that you opened.'
    $part.append(wordings(old, item.wording), buttons(item, ['confirm', 'Still right'], ['clear', 'Clear this answer']))
  } else {
    $part.append(buttons(item, ['clear', 'Clear this answer']))
  }
  return $part
}

function offer(item, {id, answer, stone}) {
  const $part = part('An item that is no longer asked led here.', `Your answer there: ${item.inWords(answer)}`)
  const old = answer.asked || stone.querySelector('[data-wording]').textContent
  const $buttons = buttons(item, ['adopt', 'Use that answer here'], ['settle', "Don't use it here"])
  for (const $button of $buttons.children) {
    $button.dataset.from = id
  }
  $part.append(wordings(old, item.wording), $buttons)
  return $part
}

function buttons(item, ...wanted) {
  const $row = node('p', '')
  $row.className = 'dpup-work__buttons'
  for (const [act, label] of wanted) {
    const $button = node('button', label)
    $button.type = 'button'
    $button.className = 'dpup-work__small'
    $button.dataset.act = act
    $button.setAttribute('aria-describedby', item.$wording.id)
    $row.append($button)
  }
  return $row
}

function part(title, said) {
  const $part = document.createElement('div')
  $part.className = 'dpup-look'
  const $title = node('p', '')
  $title.append(node('strong', title))
  const $said = node('p', said)
  $said.className = 'dpup-look__said'
  $part.append($title, $said)
  return $part
}

/** The old and the new wording side by side. */
function wordings(old, today) {
  const $list = document.createElement('dl')
  $list.className = 'dpup-look__wordings'
  for (const [label, words] of [['It asked', old], ['It asks now', today]]) {
    const $pair = document.createElement('div')
    $pair.append(node('dt', label), node('dd', words))
    $list.append($pair)
  }
  return $list
}
