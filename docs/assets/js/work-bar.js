/**
 * The bar with which readers choose, name, delete, save and open their works. Any component that
 * keeps works can have it: the HTML is in `macros/components/_work.html`.
 */
import {save} from './files.js'
import {TROUBLES, fileName, unused} from './work-words.js'

/**
 * @typedef {object} Owner - what the bar asks of its component
 * @property {(name: string) => any} make - begin a work
 * @property {(work: any, about: {id: string, name: string, now: number}) => any} duplicate
 * @property {(work: any, name: string, now: number) => any} rename
 * @property {(work: any) => string} text - of the file of a work
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
        this[DOING[name]]()
      }
      const $link = event.target.closest('[data-filled]')
      if ($link) {
        event.preventDefault()
        this.fill($link)
      }
    })
    this.$works.addEventListener('change', () => {
      // What could be undone belongs to the one that was open.
      this.say('')
      this.desk.open(this.$works.value)
    })
    this.$undo.addEventListener('click', () => this.undo())
    this.$file.addEventListener('change', () => this.opened())
    addEventListener('beforeunload', (event) => {
      if (this.desk.unkept.some(([, work]) => work !== this.savedAs)) {
        event.preventDefault()
      }
    })
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

  /** Tell what is wrong, point by point. */
  complain(said, problems) {
    this.say(said)
    const shown = problems.slice(0, 10).map((problem) => node('li', problem))
    const more = problems.length - shown.length
    this.$details.replaceChildren(...shown, ...(more > 0 ? [node('li', `And ${more} more.`)] : []))
    this.$details.hidden = problems.length === 0
  }

  undo() {
    const undoing = this.undoing
    this.say('Undone.')
    undoing?.()
    this.$works.focus()
  }

  async add() {
    const name = await this.askName(`Name the new ${this.owner.noun}`, this.unused('My answers'))
    if (name) {
      this.desk.add(this.owner.make(this.unused(name)))
      this.say(`“${this.desk.work.name}” is open. It has no answers yet.`)
    }
  }

  async rename() {
    const before = this.desk.work.name
    const name = await this.askName(`Rename this ${this.owner.noun}`, before)
    if (name && name !== before) {
      this.desk.change(this.owner.rename(this.desk.work, this.unused(name, this.desk.work.id), Date.now()))
      this.say(`Renamed to “${this.desk.work.name}”.`)
    }
  }

  duplicate() {
    const {work} = this.desk
    const about = {id: this.desk.store.newId(), name: this.unused(`Copy of ${work.name}`.slice(0, 100))}
    this.desk.add(this.owner.duplicate(work, {...about, now: Date.now()}))
    this.say(`“${this.desk.work.name}” is open. It has the same answers.`)
  }

  async delete() {
    const $dialog = this.component.need('[data-dialog="delete"]')
    const {name} = this.desk.work
    write($dialog.querySelector('[data-said]'), `“${name}” and all that is in it will be deleted from this browser.`)
    if ((await ask($dialog)) !== 'ok') {
      return
    }
    const gone = this.desk.remove()
    this.say(`“${gone.name}” is deleted.`, () => this.desk.add(gone))
    if (document.activeElement === document.body || document.activeElement.disabled) {
      // Nothing is left to delete, so the button can't have the focus back.
      this.$undo.focus()
    }
  }

  async askName(title, name) {
    const $dialog = this.component.need('[data-dialog="name"]')
    const $name = $dialog.querySelector('[data-name]')
    write($dialog.querySelector('[data-title]'), title)
    $name.value = name
    const answer = ask($dialog)
    $name.select()
    return (await answer) === 'ok' ? $name.value.trim() : ''
  }

  /** Make a name that no work has, but for one that may keep its own. */
  unused(name, but = '') {
    const others = this.desk.all().filter(({id}) => id !== but)
    return unused(name, others.map((work) => work.name))
  }

  print() {
    print()
  }

  save() {
    const {work} = this.desk
    const name = fileName([work.entry, work.name], '.answers.json')
    save(name, new Blob([this.owner.text(work)], {type: 'application/json'}))
    this.savedAs = work
    this.say(`Saved to ${name}, where your browser puts downloads.`)
  }

  choose() {
    this.$file.click()
  }

  async opened() {
    const [file] = this.$file.files
    if (!file) {
      return
    }
    const {work, problems, said} = await this.owner.read(file).catch(() => UNREADABLE)
    // The same file can be chosen again.
    this.$file.value = ''
    if (work) {
      this.desk.add({...work, name: this.unused(work.name)})
      this.say(said)
    } else {
      this.complain(said, problems)
    }
  }

  async fill($link) {
    const format = new URL($link.href).pathname.split('.').at(-1)
    const {work} = this.desk
    if (!work) {
      this.say('There are no answers yet. The empty form is under Downloads.')
      return
    }
    this.say('Making the file …')
    try {
      save(fileName([work.entry, work.name], `.${format}`), await this.owner.filled(work, format, $link.href))
      this.say('The file is made. It is where your browser puts downloads.')
    } catch (error) {
      console.error(error)
      this.say('The file could not be made. You may be offline. Print your answers, or save them to a file and try again later.')
    }
  }

  saveBroken() {
    const texts = this.desk.store.broken().map(({text}) => text)
    save(fileName([this.desk.store.entry, 'unreadable'], '.txt'), new Blob([texts.join('\n')], {type: 'text/plain'}))
    this.say('Saved as a text file, just as it was kept.')
  }

  async forgetBroken() {
    const $dialog = this.component.need('[data-dialog="delete"]')
    write($dialog.querySelector('[data-said]'), "What can't be read will be deleted from this browser for good.")
    if ((await ask($dialog)) === 'ok') {
      this.desk.store.forgetBroken()
      this.show()
      this.say('What could not be read is deleted.')
      this.$works.focus()
    }
  }
}

/** The file went away, or the system does not let the browser read it. */
const UNREADABLE = {
  work: null,
  problems: [],
  said: 'The browser could not read this file. Check that it is still there, and choose it again.',
}

/** Which method does what a button says. */
const DOING = {
  add: 'add',
  rename: 'rename',
  duplicate: 'duplicate',
  delete: 'delete',
  save: 'save',
  open: 'choose',
  print: 'print',
  'save-broken': 'saveBroken',
  'forget-broken': 'forgetBroken',
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

/** Show a dialog until it is closed; gives the value of the button, and the focus back. */
function ask($dialog) {
  const $before = document.activeElement
  const $form = $dialog.querySelector('form')
  return new Promise((done) => {
    const listening = new AbortController()
    const finish = (value) => {
      listening.abort()
      $dialog.close()
      $before.focus()
      done(value)
    }
    const {signal} = listening
    // Browsers tell that a dialog was closed only with the next frame, and by then more may happen.
    $form.addEventListener(
      'submit',
      (event) => {
        event.preventDefault()
        finish(event.submitter?.value ?? 'ok')
      },
      {signal}
    )
    $dialog.addEventListener('close', () => finish(''), {signal})
    $dialog.showModal()
  })
}
