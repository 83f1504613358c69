/**
 * Shows the slides of a workshop over the whole window. Keys work only while the slides are shown
 * and nowhere else on the page; each has a button too. Slides change only when somebody says so.
 */
import {Component} from './component.js'
import {readSlides} from './deck-slides.js'
import {NotesWindow} from './deck-window.js'

const KEYS = {
  ArrowRight: (deck) => deck.go(deck.at + 1),
  ArrowLeft: (deck) => deck.go(deck.at - 1),
  PageDown: (deck) => deck.go(deck.at + 1),
  PageUp: (deck) => deck.go(deck.at - 1),
  Home: (deck) => deck.go(0),
  End: (deck) => deck.go(deck.slides.length - 1),
  n: (deck) => deck.toggleNotes(),
  f: (deck) => deck.toggleFull()
}
const MINUTE = 60_000

/** The deck: a dialog that is closed until the slides are wanted. */
export default class Deck extends Component {
  constructor($root) {
    super($root)
    this.slides = readSlides($root.closest('.dpup-entry'))
    this.at = 0
    this.started = null
    this.onKey = (event) => this.press(event)
    this.notes = new NotesWindow(this.onKey)
    this.$stage = this.part('stage')
    this.minutes = this.slides.at(-1).until
    const presses = {
      open: () => this.open(),
      previous: () => this.go(this.at - 1),
      next: () => this.go(this.at + 1),
      'notes-here': () => this.toggleNotes(),
      'notes-window': () => this.openWindow(),
      clock: () => this.toggleClock(),
      full: () => this.toggleFull(),
      close: () => this.$stage.close()
    }
    for (const [name, press] of Object.entries(presses)) {
      this.part(name).addEventListener('click', press)
    }
    this.$stage.addEventListener('keydown', this.onKey)
    this.$stage.addEventListener('close', () => this.closed())
    document.addEventListener('fullscreenchange', () => this.tellFull())
    this.part('full').hidden = !document.fullscreenEnabled
    this.reveal()
  }

  part(name) {
    return this.need(`[data-part="${name}"]`)
  }

  open() {
    // The browser gives the focus back to the button when the dialog closes.
    this.$stage.showModal()
    if (this.started !== null) {
      this.tick()
    }
    this.go(this.at)
    this.part('slide').focus()
  }

  closed() {
    this.notes.close()
    // The clock goes on: the session does, also when a stray Escape has closed the slides.
    clearInterval(this.timer)
    if (document.fullscreenElement) {
      document.exitFullscreen()
    }
  }

  press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return
    }
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const act = Object.hasOwn(KEYS, name) ? KEYS[name] : null
    if (act) {
      event.preventDefault()
      act(this)
    }
  }

  /** Show a slide; before the first and after the last there is none. */
  go(to) {
    this.at = Math.min(Math.max(to, 0), this.slides.length - 1)
    const slide = this.slides[this.at]
    const $slide = this.part('slide')
    // What has the focus may be on the slide that goes.
    const within = $slide.contains(document.activeElement)
    const $title = document.createElement('h2')
    $title.textContent = slide.title
    const $part = this.part('title')
    $part.textContent = slide.part === slide.title ? '' : slide.part
    $slide.replaceChildren($part, $title, slide.body.cloneNode(true))
    $slide.classList.toggle('dpup-deck__slide--first', this.at === 0)
    $slide.scrollTop = 0
    if (within) {
      $slide.focus()
    }
    this.tell(slide)
  }

  tell(slide) {
    const where = `Slide ${this.at + 1} of ${this.slides.length}`
    this.part('where').textContent = `${this.at + 1} / ${this.slides.length}`
    this.say(`${where}: ${slide.title}`)
    // Off and not gone: a button that goes takes the focus with it.
    this.part('previous').setAttribute('aria-disabled', String(this.at === 0))
    this.part('next').setAttribute('aria-disabled', String(this.at === this.slides.length - 1))
    this.showNotes(slide)
    this.showTime()
  }

  say(text) {
    this.part('said').textContent = text
  }

  showNotes(slide) {
    const $heading = document.createElement('h2')
    $heading.textContent = 'Notes'
    this.part('notes').replaceChildren($heading, slide.notes.cloneNode(true))
    const next = this.slides[this.at + 1]
    const $next = document.createElement('p')
    $next.textContent = next ? `Next slide: ${next.title}` : 'This is the last slide.'
    this.notes.show(`${this.at + 1} / ${this.slides.length}: ${slide.title}`, [slide.notes, $next])
  }

  toggleNotes() {
    const $notes = this.part('notes')
    $notes.hidden = !$notes.hidden
    this.part('notes-here').setAttribute('aria-pressed', String(!$notes.hidden))
    this.say($notes.hidden ? 'Notes are hidden.' : 'Notes are shown.')
    if ($notes.hidden && !this.$stage.contains(document.activeElement)) {
      this.part('notes-here').focus()
    }
  }

  openWindow() {
    if (this.notes.open()) {
      this.showNotes(this.slides[this.at])
      this.say('The notes are in a window of their own.')
    } else {
      this.say('The browser has stopped the second window. Allow it for this site, or use the notes here.')
      this.part('time').textContent = 'The browser has stopped the second window.'
    }
  }

  async toggleFull() {
    try {
      await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen())
    } catch {
      // Not allowed here: the slides fill the window, as they do now.
      this.say('This browser does not allow the full screen here. The slides fill the window.')
    }
  }

  tellFull() {
    this.part('full').setAttribute('aria-pressed', String(Boolean(document.fullscreenElement)))
  }

  toggleClock() {
    if (this.started === null) {
      this.started = Date.now()
      this.tick()
    } else {
      this.started = null
      clearInterval(this.timer)
    }
    this.part('clock').textContent = this.started === null ? 'Start the clock' : 'Stop the clock'
    this.showTime()
  }

  tick() {
    clearInterval(this.timer)
    this.timer = setInterval(() => this.showTime(), 1000)
  }

  /** Say the minute of the session, and when this part should end. It hurries nobody on. */
  showTime() {
    if (this.started === null) {
      this.part('time').textContent = ''
      return
    }
    const minute = Math.floor((Date.now() - this.started) / MINUTE)
    const {until} = this.slides[this.at]
    const part = until ? `, this part until ${until}` : ''
    const over = until && minute >= until ? `, ${minute - until} over` : ''
    this.part('time').textContent = `Minute ${minute} of ${this.minutes}${over || part}`
  }
}
