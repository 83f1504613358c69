/**
 * Builds notices from answers: what is written into a template grows into the chosen notice beside
 * it, and stays in this browser. Without this script the template is a form to fill in and print.
 * What a reader only needs who begins is loaded then; the worker keeps it for use without a network.
 */
import {Component, idIn} from './component.js'
import {Answers} from './notice-answers.js'
import {Fields, hasWords} from './notice-fields.js'
import {Steps} from './notice-steps.js'
import * as storage from './storage.js'

// The Word form of the template, if the site is built with downloads.
const FORM = '.dpup-downloads a[href$=".docx"]'
const MISSING = 'A part of this page could not be loaded. Are you offline? Try it again later.'
const files = () => import('./notice-file.js')

/** A template with its answers, and its notices if it has any. */
export default class NoticeBuilder extends Component {
  constructor($root) {
    super($root)
    this.template = JSON.parse(this.need('script[type="application/json"]').textContent)
    this.answers = new Answers(this.template)
    this.fields = new Fields($root, this.template, (name, value) => this.answered(name, value))
    this.steps = new Steps($root)
    this.$side = $root.querySelector('.dpup-builder__side')
    this.$pick = $root.querySelector('[data-variant]')
    this.$needed = $root.querySelector('[data-needed]')
    this.remembered = `notice-view:${this.template.entry}`
    this.listen()
    this.recall()
    this.takeOver()
    this.refresh()
    this.preview()
    this.reveal()
    this.need('[data-do="form"]').hidden = !document.querySelector(FORM)
    this.follow()
    if (this.$needed?.checked) {
      this.wake()
    }
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
    for (const begins of ['focusin', 'pointerover', 'input']) {
      $root.addEventListener(begins, () => this.wake(), {once: true})
    }
  }

  /** Load what shows the notice and tells of the answers, once there is somebody to tell. */
  wake() {
    this.waking ??= Promise.all([import('./notice-live.js'), import('./notice-told.js')]).then(([{Live}, told]) => {
      this.told = told
      this.live = new Live(this.$root, this.$side, this.template)
      this.choose()
      this.update()
      this.$root.dataset.live = ''
    }).catch((error) => {
      this.waking = null
      console.error(error)
      say(this.need('[data-kept]'), MISSING)
    })
    return this.waking
  }

  /** Until then, show the chosen notice as it stands further down the page. */
  preview() {
    const $from = !this.live && this.$pick && this.$root.querySelector(`[data-of="${CSS.escape(this.$pick.value)}"]`)
    const $notice = this.$root.querySelector('[data-notice]')
    if ($from && $notice) {
      $notice.className = $from.className
      const {childNodes} = $from.querySelector('.dpup-notice__text').cloneNode(true)
      $notice.querySelector('.dpup-notice__text').replaceChildren(...childNodes)
    }
  }

  /** Take the choices of the last visit. */
  recall() {
    const {how, needed, variant, at} = storage.read(this.remembered).value ?? {}
    const $how = this.all('[name="dpup_builder_how"]').find(({value}) => value === how)
    if ($how) {
      $how.checked = true
    }
    if (this.$needed) {
      this.$needed.checked = needed === true
    }
    if (this.template.variants.some(({id}) => id === variant)) {
      this.$pick.value = variant
    }
    this.steps.at = Number.isInteger(at) && at > 0 ? at : 0
    this.choose()
  }

  /** Show the questions as the reader chose. */
  choose() {
    this.steps.isOn = this.need('[name="dpup_builder_how"][value="steps"]').checked
    this.steps.needed = this.$needed?.checked && this.live ? this.live.needed : null
    this.steps.show()
  }

  remember() {
    const how = this.steps.isOn ? 'steps' : 'all'
    const needed = this.$needed?.checked ?? false
    const view = {how, needed, variant: this.$pick?.value ?? '', at: this.steps.at}
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
    const {answers} = this
    const changed = answers.refresh()
    this.fill()
    if (!answers.isEmpty || answers.trouble || answers.unreadable.length) {
      this.wake().then(() => {
        // One at a time is somebody who writes there.
        if (changed > 1 && !answers.trouble) {
          say(this.need('[data-kept]'), this.told?.ELSEWHERE ?? MISSING)
        }
      })
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
    const {answers, fields, told} = this
    this.need('[data-rescue]').hidden = !answers.unreadable.length
    if (!told) {
      return
    }
    const changed = new Set(answers.changed)
    for (const name of answers.ids.keys()) {
      const lost = fields.lost(name, answers.get(name))
      fields.tell(name, told.notes(answers, name, changed.has(name), lost), changed.has(name))
    }
    told.tellStrangers(this.need('[data-strangers]'), answers.strangers)
    say(this.need('[data-kept]'), told.ofKeeping(answers))
    this.live.show(answers.values)
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
      this.preview()
      this.live?.begin()
      this.live?.show(this.answers.values)
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
    } else if (this.$side) {
      const [{act}] = await Promise.all([import('./notice-actions.js'), this.wake()])
      const {panel} = this.live
      panel.done(await act(what, panel.notice))
    }
  }

  async form() {
    const {saveForm} = await files()
    say(this.need('[data-kept]'), await saveForm(this.answers, document.querySelector(FORM).href))
  }

  go(by) {
    if (!this.steps.go(by)) {
      this.$side?.focus()
      this.$side?.scrollIntoView({block: 'nearest'})
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
      say(this.need('[data-kept]'), this.told?.ofClearing(this.answers) ?? '')
    }
  }

  async opened($file) {
    const [file] = $file.files
    if (!file) {
      return
    }
    // So that the same file can be chosen again.
    $file.value = ''
    const [{openAnswers}] = await Promise.all([files(), this.wake()])
    const {opened, tellAll} = this.told
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
    if (!this.told) {
      await this.wake()
    }
    return (await this.told.ask(this.need(`[data-dialog="${name}"]`))) === 'yes'
  }
}

/** Write a status only when it changes: screen readers read it out each time. */
function say($status, text) {
  if ($status.textContent !== text) {
    $status.textContent = text
  }
}
