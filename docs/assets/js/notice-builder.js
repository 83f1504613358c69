/**
 * Builds notices from answers: what is written into a template grows into the chosen notice beside
 * it, and stays in this browser. Without this script the template is a form to fill in and print.
 * What makes files is loaded when the browser has nothing else to do, so that it is there offline.
 */
import {Component, idIn} from './component.js'
import {ask} from './dialog.js'
import {Answers} from './notice-answers.js'
import {Fields, hasWords} from './notice-fields.js'
import {Panel} from './notice-panel.js'
import {Steps} from './notice-steps.js'
import {becomes, used} from './notice-text.js'
import {CHANGED, ELSEWHERE, KEPT, MISSING, opened, say, tellAll} from './notice-told.js'
import * as storage from './storage.js'

// The Word form of the template, if the site is built with downloads.
const FORM = '.dpup-downloads a[href$=".docx"]'
const LATER = ['./notice-file.js', './notice-actions.js', './notice-word.js', './filled-word.js']
const files = () => import('./notice-file.js')

/** A template with its answers, and its notices if it has any. */
export default class NoticeBuilder extends Component {
  constructor($root) {
    super($root)
    this.template = JSON.parse(this.need('script[type="application/json"]').textContent)
    this.answers = new Answers(this.template)
    this.fields = new Fields($root, this.template, (name, value) => this.answered(name, value))
    this.steps = new Steps($root)
    const $side = $root.querySelector('.dpup-builder__side')
    this.panel = $side && new Panel($root, $side, this.template)
    this.remembered = `notice-view:${this.template.entry}`
    this.listen()
    this.recall()
    this.takeOver()
    this.fill()
    this.reveal()
    this.need('[data-do="form"]').hidden = !document.querySelector(FORM)
    this.follow()
    const later = window.requestIdleCallback ?? setTimeout
    later(() => LATER.forEach((name) => import(name).catch(() => {})))
  }

  listen() {
    const {$root} = this
    $root.addEventListener('click', (event) => this.clicked(event))
    $root.addEventListener('change', ({target}) => this.chosen(target))
    storage.onChange(this.answers.key, () => this.refresh())
    // The browser puts back what stood in boxes when its reader comes back to a page, and a page
    // that slept has not heard of other tabs.
    addEventListener('pageshow', () => this.refresh())
    document.addEventListener('visibilitychange', () => document.hidden || this.refresh())
    addEventListener('hashchange', () => this.follow())
  }

  /** Take the choices of the last visit. */
  recall() {
    const {how, needed, variant, at} = storage.read(this.remembered).value ?? {}
    const $how = this.all('[name="dpup_builder_how"]').find(({value}) => value === how)
    if ($how) {
      $how.checked = true
    }
    const $needed = this.$root.querySelector('[data-needed]')
    if ($needed) {
      $needed.checked = needed === true
    }
    this.panel?.choose(variant)
    this.steps.at = Number.isInteger(at) && at > 0 ? at : 0
    this.choose()
  }

  /** Show the questions as the reader chose. */
  choose() {
    const needed = this.$root.querySelector('[data-needed]')?.checked ?? false
    this.steps.isOn = this.need('[name="dpup_builder_how"][value="steps"]').checked
    this.steps.needed = needed ? used(this.template, this.panel.variant) : null
    this.steps.show()
  }

  remember() {
    const how = this.steps.isOn ? 'steps' : 'all'
    const needed = this.$root.querySelector('[data-needed]')?.checked ?? false
    const view = {how, needed, variant: this.panel?.variant.id ?? '', at: this.steps.at}
    storage.write(this.remembered, view)
  }

  /** Keep what was written before the script ran, where nothing is kept yet. */
  takeOver() {
    for (const [name, value] of this.fields.early()) {
      if (this.answers.ids.has(name) && !hasWords(this.answers.get(name))) {
        this.answers.set(name, value)
      }
    }
  }

  /** Look again: another tab may have kept something else. */
  refresh() {
    const changed = this.answers.refresh()
    this.fill()
    // One at a time is somebody who writes there.
    if (changed > 1 && !this.answers.trouble) {
      say(this.need('[data-kept]'), ELSEWHERE)
    }
  }

  /** Put all answers into the page. */
  fill() {
    for (const name of this.answers.ids.keys()) {
      this.fields.fill(name, this.answers.get(name))
    }
    this.update()
  }

  answered(name, value) {
    this.answers.set(name, value)
    this.update()
  }

  /** Show what follows from the answers. */
  update() {
    const {answers} = this
    const {values} = answers
    const changed = new Set(answers.changed)
    for (const name of answers.ids.keys()) {
      const lost = this.fields.lost(name, answers.get(name))
      const said = lost.map((text) => `You answered “${text}”, which does not fit here. It is kept until you change it.`)
      this.fields.tell(name, [...(changed.has(name) ? [CHANGED] : []), ...said], changed.has(name))
      this.fields.show(name, becomes(this.template, name, values))
    }
    this.tellStrangers()
    this.need('[data-rescue]').hidden = !answers.unreadable.length
    this.tellKept()
    this.panel?.show(values)
  }

  tellKept() {
    const {trouble, isEmpty} = this.answers
    const said = trouble || !isEmpty ? KEPT[trouble] : ''
    say(this.need('[data-kept]'), said)
  }

  tellStrangers() {
    const $box = this.need('[data-strangers]')
    const found = this.answers.strangers
    $box.hidden = !found.length
    $box.querySelector('ul').replaceChildren(...found.map(([id, text]) => {
      const $item = document.createElement('li')
      $item.textContent = `${id}: ${text}`
      return $item
    }))
  }

  /** Go to what the address names, if its step is hidden. */
  follow() {
    const $aim = document.getElementById(idIn(location.hash))
    const step = $aim && this.steps.all.find(({$fields, $section}) =>
      $fields.some(($field) => $field.contains($aim)) || $section === $aim.closest('section')
    )
    if (step) {
      this.steps.reach(step.names[0])
      $aim.scrollIntoView()
    }
  }

  chosen($target) {
    if ($target.matches('[data-file]')) {
      this.attempt(this.opened($target))
    } else if ($target.matches('[data-variant], [data-needed], [name="dpup_builder_how"]')) {
      this.choose()
      this.remember()
      this.panel?.begin()
      this.panel?.show(this.answers.values)
    }
  }

  clicked(event) {
    const go = event.target.closest('[data-go]')?.dataset.go
    const $button = event.target.closest('[data-do]')
    if (go) {
      event.preventDefault()
      this.steps.reach(go)
      this.fields.focus(go)
    } else if (event.target.closest('[data-back-to-answers]')) {
      event.preventDefault()
      this.steps.focus()
    } else if ($button) {
      this.attempt(this.doing($button))
    }
  }

  /** Say when something could not be done: a part of it is loaded only now. */
  attempt(done) {
    done.catch((error) => {
      console.error(error)
      say(this.need('[data-kept]'), MISSING)
    })
  }

  async doing($button) {
    const what = $button.dataset.do
    const own = {
      back: () => this.go(-1),
      next: () => this.go(1),
      fits: () => this.fits($button.dataset.name),
      save: async () => (await files()).saveAnswers(this.answers),
      open: () => this.need('[data-file]').click(),
      clear: () => this.clear(),
      rescue: async () => (await files()).saveUnreadable(this.answers),
      form: () => this.form(),
      'add-row': () => {}
    }
    if (own[what]) {
      await own[what]()
    } else if (this.panel) {
      const {act} = await import('./notice-actions.js')
      this.panel.done(await act(what, this.panel.notice))
    }
  }

  async form() {
    const {saveForm} = await files()
    say(this.need('[data-kept]'), await saveForm(this.answers, document.querySelector(FORM).href))
  }

  go(by) {
    if (!this.steps.go(by)) {
      this.panel?.focus()
    }
    this.remember()
  }

  fits(name) {
    this.answers.confirm(name)
    this.update()
    this.fields.focus(name)
  }

  async clear() {
    if (await this.confirmed('clear')) {
      this.answers.clear()
      storage.remove(this.remembered)
      this.fill()
      say(this.need('[data-kept]'), this.answers.trouble ? KEPT[this.answers.trouble] : 'Your answers are cleared.')
    }
  }

  async opened($file) {
    const [file] = $file.files
    if (!file) {
      return
    }
    // So that the same file can be chosen again.
    $file.value = ''
    const {openAnswers} = await files()
    const {sheet, problems} = await openAnswers(file, this.template)
    tellAll(this.need('[data-problems]'), problems)
    if (sheet && (this.answers.isEmpty || (await this.confirmed('open')))) {
      this.answers.replace(sheet.answers)
      this.fill()
      say(this.need('[data-kept]'), opened(this.answers))
    }
  }

  /** Ask before something is lost. */
  async confirmed(name) {
    return (await ask(this.need(`[data-dialog="${name}"]`))) === 'yes'
  }
}
