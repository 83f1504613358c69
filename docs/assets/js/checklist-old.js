/** Answers to what a checklist does not ask any more: kept, shown, and said what became of them. */
import {node} from './work-bar.js'

/** Binds the list of old answers. */
export class Old {
  /**
   * @param {import('./component.js').Component} component - the checklist
   * @param {Map<string, HTMLElement>} stones - the tombstone of each withdrawn id
   * @param {(answer: object) => string} inWords - says an answer
   */
  constructor(component, stones, inWords) {
    this.inWords = inWords
    this.$section = component.need('[data-old]')
    this.$list = component.need('[data-old-list]')
    this.stones = stones
    this.shown = ''
  }

  /**
   * Show the answers to some ids.
   *
   * @param {Map<string, object>} answers - of the open assessment
   * @param {string[]} ids - that are not asked any more
   */
  show(answers, ids) {
    const state = JSON.stringify(ids.map((id) => [id, answers.get(id)]))
    if (state === this.shown) {
      return
    }
    this.shown = state
    this.$list.replaceChildren(...ids.map((id) => this.item(id, answers.get(id))))
    this.$section.hidden = ids.length === 0
  }

  item(id, answer) {
    const $item = node('li', '')
    $item.className = 'dpup-item'
    $item.dataset.was = id
    const $stone = this.stones.get(id)
    if ($stone) {
      $item.append(...[...$stone.childNodes].map(($part) => $part.cloneNode(true)))
    } else {
      const words = answer.asked || 'The words of this item are not known here.'
      $item.append(node('p', words), node('p', `This page does not ask ${id}. The answer is kept.`))
    }
    if (answer.asked && $stone && answer.asked !== $stone.querySelector('[data-wording]').textContent.trim()) {
      $item.append(node('p', `When you answered, it asked: ${answer.asked}`))
    }
    const $said = node('p', `Your answer: ${this.inWords(answer)}`)
    $said.className = 'dpup-look__said'
    $item.append($said, clearing())
    return $item
  }

  /** Where the focus belongs after something was done here; nowhere when nothing is left. */
  get $focus() {
    return this.$section.hidden ? null : this.$section
  }
}

function clearing() {
  const $row = node('p', '')
  $row.className = 'dpup-work__buttons'
  const $button = node('button', 'Clear this answer')
  $button.type = 'button'
  $button.className = 'dpup-work__small'
  $button.dataset.act = 'clear'
  $row.append($button)
  return $row
}
