/**
 * Builds notices from answers: what is written into a template grows into the chosen notice beside
 * it, and stays in this browser. Without this script the template is a form to fill in and print.
 * What a reader only needs who begins is loaded then; the worker keeps it for use without a network.
 */
import {Component} from './component.js'
import {Answers} from './notice-answers.js'
import {Fields} from './notice-fields.js'
import {Steps} from './notice-steps.js'
import * as storage from './storage.js'

const KEPT = {
  '': 'Saved in this browser only.',
  [storage.BLOCKED]:
    'This browser keeps nothing, as in some private windows. Save your answers to a file before you leave.',
  [storage.FULL]:
    'There is no room left in this browser. Your last answers are not kept: save them to a file before you leave.',
  [storage.CORRUPT]: 'What was kept here can’t be read.'
}
const CHANGED = 'The wording of this question may have changed since you answered it. Look at it again.'

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
    this.fill()
    this.preview()
    this.reveal()
    this.need('[data-do="form"]').hidden = !document.querySelector(FORM)
    this.follow()
    if (!this.answers.isEmpty || this.$needed?.checked) {
      this.wake()
    }
  }

  listen() {
    const {$root} = this
    $root.addEventListener('click', (event) => this.clicked(event))
    $root.addEventListener('change', ({target}) => this.chosen(target))
    storage.onChange(this.answers.key, () => {
      this.answers.load()
      this.fill()
      this.wake()
    })
    // The browser puts back what stood in boxes when its reader comes back to a page.
    addEventListener('pageshow', () => this.fill())
    addEventListener('hashchange', () => this.follow())
    for (const begins of ['focusin', 'pointerover', 'input']) {
      $root.addEventListener(begins, () => this.wake(), {once: true})
    }
  }

  /** Load what shows the notice, once there is somebody to show it to. */
  wake() {
    this.waking ??= import('./notice-live.js').then(({Live}) => {
      this.live = new Live(this.$root, this.$side, this.template)
      this.choose()
      this.live.show(this.answers.values)
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
    const changed = new Set(answers.changed)
    for (const name of answers.ids.keys()) {
      const lost = this.fields.lost(name, answers.get(name))
      const said = lost.map((text) => `You answered “${text}”, which does not fit here. It is kept until you change it.`)
      this.fields.tell(name, [...(changed.has(name) ? this.change(name) : []), ...said], changed.has(name))
    }
    this.tellStrangers()
    this.need('[data-rescue]').hidden = answers.unreadable === null
    this.tellKept()
    this.live?.show(answers.values)
  }

  /** Say that a question has changed, and from which words if they are known. */
  change(name) {
    const was = this.answers.asked(name)
    const differs = was && was !== this.template.fields[name].wording
    return [CHANGED, ...(differs ? [`When you answered, it asked: “${was}”`] : [])]
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
    const $aim = document.getElementById(decodeURIComponent(location.hash.slice(1)))
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
      this.opened($target)
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
      this.doing($button).catch((error) => {
        console.error(error)
        say(this.need('[data-kept]'), MISSING)
      })
    }
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
      say(this.need('[data-kept]'), this.answers.trouble ? KEPT[this.answers.trouble] : 'Your answers are cleared.')
    }
  }

  async opened($file) {
    const [file] = $file.files
    const {openAnswers} = await files()
    const {sheet, problems} = await openAnswers(file, this.template)
    $file.value = ''
    tellAll(this.need('[data-problems]'), problems)
    if (sheet && (this.answers.isEmpty || (await this.confirmed('open')))) {
      this.answers.replace(sheet.answers)
      this.fill()
    }
  }

  /** Ask before something is lost; the dialog gives the focus back by itself. */
  confirmed(name) {
    const $dialog = this.need(`[data-dialog="${name}"]`)
    $dialog.returnValue = 'no'
    $dialog.showModal()
    return new Promise((answered) => {
      $dialog.addEventListener('close', () => answered($dialog.returnValue === 'yes'), {once: true})
    })
  }
}

/** Write a status only when it changes: screen readers read it out each time. */
function say($status, text) {
  if ($status.textContent !== text) {
    $status.textContent = text
  }
}

function tellAll($box, lines) {
  $box.replaceChildren(...lines.map((line) => {
    const $line = document.createElement('p')
    $line.textContent = line
    return $line
  }))
}
