/**
 * The bar with which readers choose, name, delete, save and open their works. Any component that
 * keeps works can have it: the HTML is in `macros/components/_work.html`.
 */
import {TROUBLES, unused} from './work-words.js'

/** What a button does that has a name which no function can have, or not this one. */
const DEEDS = {delete: 'forget', 'save-broken': 'saveBroken', 'forget-broken': 'forgetBroken'}

/**
 * @typedef {object} Owner - what the bar asks of its component
 * @property {(name: string) => any} make - begin a work
 * @property {(work: any, about: {id: string, name: string, now: number}) => any} duplicate
 * @property {(work: any, name: string, now: number) => any} rename
 * @property {(work: any) => Promise<string>} text - of the file of a work
 * @property {(file: File) => Promise<{work: any, problems: string[], said: string}>} read
 * @property {(work: any, format: string, href: string) => Promise<Blob>} filled - a document
 * @property {string} noun - what a work is called, for instance "assessment"
 */

/** Binds the bar of a component to a desk. */
export class WorkBar {
  /**
   * @param {import('./component.js').Component} component - that holds the bar
   * @param {import('./desk.js').Desk} desk
   * @param {Owner} owner
   */
  constructor(component, desk, owner) {
    this.component = component
    this.desk = desk
    this.owner = owner
    this.$works = component.need('[data-works]')
    this.$told = component.need('[data-told]')
    this.$undo = component.need('[data-undo]')
    this.$trouble = component.need('[data-trouble]')
    this.$details = component.need('[data-details]')
    this.$broken = component.need('[data-broken]')
    this.$file = component.need('[data-file]')
    this.savedAs = null
    this.bind()
  }

  bind() {
    this.component.$root.addEventListener('click', (event) => {
      const name = event.target.closest('[data-do]')?.dataset.do
      if (name) {
        this.pressed(name)
      }
      const $link = event.target.closest('[data-filled]')
      if ($link) {
        event.preventDefault()
        this.do('fill', $link)
      }
    })
    this.$works.addEventListener('change', () => {
      // What could be undone belongs to the one that was open.
      this.say('')
      this.desk.open(this.$works.value)
    })
    this.$undo.addEventListener('click', () => this.undo())
    this.$file.addEventListener('change', () => this.do('opened'))
    addEventListener('beforeunload', (event) => {
      if (this.desk.unkept.some(([, work]) => work !== this.savedAs)) {
        event.preventDefault()
      }
    })
  }

  pressed(name) {
    // A browser opens files and printers only while the press is fresh.
    if (name === 'open') {
      this.$file.click()
    } else if (name === 'print') {
      print()
    } else {
      this.do(DEEDS[name] ?? name)
    }
  }

  /** Show what is there now. */
  show() {
    const works = this.desk.all()
    const open = this.desk.work
    const $none = new Option(`No ${this.owner.noun} yet`, '')
    const options = works.map(({id, name}) => new Option(name, id, false, id === open?.id))
    const state = JSON.stringify(options.map(({value, text, selected}) => [value, text, selected]))
    // Somebody may have the list open while another tab saves.
    if (state !== this.listed) {
      this.listed = state
      this.$works.replaceChildren(...(open ? options : [$none, ...options]))
    }
    for (const name of ['rename', 'duplicate', 'delete', 'save']) {
      this.component.need(`[data-do="${name}"]`).disabled = !open
    }
    this.$broken.hidden = this.desk.store.broken().length === 0
    const trouble = this.desk.trouble || (this.$broken.hidden ? '' : 'corrupt')
    write(this.$trouble, TROUBLES[trouble || this.desk.store.list().trouble] ?? '')
  }

  /**
   * Tell the reader what was done.
   *
   * @param {string} said - a sentence
   * @param {() => void} [undo] - takes it back
   */
  say(said, undo) {
    write(this.$told, said)
    this.undoing = undo
    this.$undo.hidden = !undo
    this.$details.hidden = true
  }

  undo() {
    const undoing = this.undoing
    this.say('Undone.')
    undoing?.()
    this.$works.focus()
  }

  /** Make a name that no work has, but for one that may keep its own. */
  unused(name, but = '') {
    const others = this.desk.all().filter(({id}) => id !== but)
    return unused(name, others.map((work) => work.name))
  }

  /** Do what a button says; most readers press few, so the doing is loaded for it. */
  async do(name, ...about) {
    try {
      const deeds = await import('./work-deeds.js')
      await deeds[name](this, ...about)
    } catch (error) {
      console.error(error)
      this.say('A part of this page could not be loaded. You may be offline. Nothing here has changed.')
    }
  }
}

/** Write a text only when it is another: a status would be read out again. */
export function write($element, text) {
  if ($element.textContent !== text) {
    $element.textContent = text
  }
}

/** Make an element with a text. */
export function node(name, text) {
  const $made = document.createElement(name)
  $made.textContent = text
  return $made
}
