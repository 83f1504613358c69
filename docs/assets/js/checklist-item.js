/** One item of a checklist on the page: its controls, and what the reader has to look at again. */
import {isDay, spokenDay} from './days.js'
import {write} from './work-bar.js'

const FIELDS = ['note', 'owner', 'due']

/** Makes what to look at again; loaded when there is something, which most readers never have. */
let looks = null

async function loadLooks() {
  const loaded = await import('./checklist-look.js')
  looks = loaded.looks
}

/** Binds one item. */
export class Item {
  /** @param {HTMLElement} $item - has the id in `data-item` */
  constructor($item) {
    this.$item = $item
    this.id = $item.dataset.item
    this.fingerprint = $item.dataset.fingerprint
    this.$wording = $item.querySelector('[data-wording]')
    this.wording = this.$wording.textContent.trim()
    this.$answers = [...$item.querySelectorAll('[data-answer]')]
    this.choices = this.$answers.map(($one) => $one.value)
    this.$fields = new Map(FIELDS.map((name) => [name, $item.querySelector(`[data-field="${name}"]`)]))
    this.$details = $item.querySelector('details')
    this.$look = $item.querySelector('[data-look]')
    this.$said = $item.querySelector('[data-said]')
    this.$clear = $item.querySelector('[data-clear]')
    this.shown = ''
  }

  /** Give what a control says now. */
  changeOf($control) {
    if ($control.matches('[data-answer]')) {
      return {answer: $control.checked ? $control.value : ''}
    }
    return {[$control.dataset.field]: $control.value}
  }

  /** Give what the controls say that the reader touched before the script ran. */
  early() {
    const $chosen = this.$answers.find(($one) => $one.checked)
    const written = [...this.$fields].filter(([, $field]) => $field.value)
    return {
      ...($chosen && {answer: $chosen.value}),
      ...Object.fromEntries(written.map(([name, $field]) => [name, $field.value])),
    }
  }

  /** Show an answer. */
  show(answer) {
    for (const $one of this.$answers) {
      $one.checked = $one.value === answer.answer
    }
    for (const [name, $field] of this.$fields) {
      const value = name === 'due' && !isDay(answer.due) ? '' : answer[name]
      if ($field.value !== value) {
        $field.value = value
      }
    }
    if (this.$clear) {
      this.$clear.hidden = !answer.answer
    }
    const said = this.inWords(answer)
    write(this.$said, said && `Answer: ${said}`)
    this.$said.hidden = !said
  }

  /** Open the notes where there is something in them. */
  unfold(answer) {
    this.$details.open = FIELDS.some((name) => answer[name])
  }

  /** Say an answer in words, for paper and beside a new wording. */
  inWords({answer, note, owner, due, rows}) {
    const $chosen = this.$answers.find(($one) => $one.value === answer)
    const label = $chosen?.type === 'checkbox' ? 'Done' : $chosen?.parentElement.textContent.trim()
    return inWords({answer: answer && (label ?? answer), note, owner, due, rows})
  }

  /**
   * Show what to look at again, if anything.
   *
   * @param {object} answer - as it is kept
   * @param {string|undefined} reason - why its answer has to be looked at again
   * @param {{id: string, answer: object, stone: HTMLElement}[]} offers - old answers that may
   *   belong here
   */
  look(answer, reason, offers) {
    const state = JSON.stringify([reason, reason && answer, offers.map(({id, answer: old}) => [id, old])])
    if (state === this.shown) {
      return
    }
    this.shown = state
    const isSome = Boolean(reason) || offers.length > 0
    const fill = () => this.$look.replaceChildren(...(isSome ? looks(this, answer, reason, offers) : []))
    this.$look.hidden = !isSome
    if (looks || !isSome) {
      fill()
    } else {
      // Meanwhile there may be something else to look at.
      loadLooks().then(() => state === this.shown && fill(), (error) => console.error(error))
    }
  }

  /** Where the focus belongs after something was done here. */
  get $focus() {
    return this.$answers.find(($one) => $one.checked) ?? this.$answers[0]
  }
}

/** Say an answer in words. */
export function inWords({answer, note, owner, due, rows}) {
  const written = [answer, ...(rows ?? [])].filter(Boolean).join('; ')
  const parts = [written, note && `Note: ${note}`, owner && `Who: ${owner}`, due && `By when: ${spokenDay(due)}`]
  return parts.filter(Boolean).join(' · ')
}
