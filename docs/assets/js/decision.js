/**
 * Asks the questions of a decision helper one at a time, and keeps a record of the answers.
 *
 * Without this script the page is whole: each answer links to where it leads. The address holds
 * the way behind its # sign, so that Back works and the way can be sent; notes never stand there.
 */
import {Component} from './component.js'
import {copy, save} from './files.js'
import {Answers} from './decision-state.js'
import {asJson, asMarkdown} from './decision-record.js'
import {ahead, parsed, read, step, written} from './decision-tree.js'
import {markBefore, showChanges, showRecord, showTrouble} from './decision-view.js'
import {onChange} from './storage.js'

/** A decision helper. */
export default class Decision extends Component {
  constructor($root) {
    super($root)
    const {helper, version} = $root.dataset
    this.helper = helper
    this.tree = read(this.all('[data-stop]'))
    this.answers = new Answers(helper, version, this.tree)
    this.$status = this.need('[data-status]')
    this.$record = this.need('[data-record]')
    this.$dialog = this.need('[data-dialog]')
    this.$lastNote = this.need('[data-end] [data-note]')
    this.inWhole = false
    this.listen()
    this.answers.restore()
    this.reveal()
    this.arrive()
  }

  /** Listen once for all of the page. */
  listen() {
    this.$root.addEventListener('click', (event) => this.pressed(event))
    this.$lastNote.addEventListener('input', () => this.note(this.answers.here, this.$lastNote))
    addEventListener('popstate', () => this.arrive(true))
    onChange(this.answers.key, () => this.wake())
    // A page that slept has heard of no change.
    addEventListener('pageshow', () => this.wake())
    document.addEventListener('visibilitychange', () => document.hidden || this.wake())
  }

  /** Another tab may keep other answers now: they must not be overwritten without a word. */
  wake() {
    if (!this.answers.isOutdated) {
      return
    }
    if (this.answers.isEmpty) {
      this.answers.restore()
      this.show(false)
    } else {
      // Nothing else is shown anew: somebody may be writing a note.
      this.answers.trouble = 'other'
      showTrouble(this.$root, this.answers.trouble)
    }
  }

  /** Show what the address asks for: a way, a place on the page, or what is kept. */
  arrive(again = false) {
    const given = parsed(location.hash)
    let words = ''
    if (given && (again || !this.answers.state.then)) {
      words = this.take(given, again)
    } else if (this.isInside(location.hash)) {
      this.whole(true)
      document.getElementById(location.hash.slice(1)).scrollIntoView()
      return
    } else if (again && location.hash) {
      return // a place elsewhere on the page
    } else if (again) {
      this.answers.go([])
      this.answers.keep()
    } else {
      this.remember('replaceState')
    }
    this.whole(false)
    this.show(again)
    if (words) {
      this.say(words)
    }
  }

  /**
   * Go the way of an address. It must not take the place of other answers that are kept: somebody
   * may have sent it, or another tab has answered since this one was loaded.
   *
   * @param {{version: string, way: {question: string, answer: string}[]}} given - by the address
   * @param {boolean} again - the reader went back or forward, so this tab knows what is kept
   * @returns {string} what the reader has to know of it; empty when all is well
   */
  take({version, way}, again) {
    const {decision, kept} = history.state ?? {}
    const own = decision === this.helper && kept
    if (!(own && again) && !this.answers.agrees(way)) {
      this.answers.trouble ||= 'other'
    }
    const lost = this.answers.go(way)
    if (own) {
      this.answers.keep()
    }
    if (lost) {
      return 'This address holds answers that no longer fit. It is followed as far as it does.'
    }
    const now = this.answers.version
    return own || version === now
      ? ''
      : `This address was made with version ${version} of this helper. This is version ${now}: look at each answer again.`
  }

  /** Whether an address names a place that one question at a time would hide. */
  isInside(hash) {
    const $place = hash.length > 1 && document.getElementById(hash.slice(1))
    return Boolean($place) && this.all('[data-group]').some(($group) => $group.contains($place))
  }

  pressed(event) {
    const $pressed = event.target.closest('[data-answer], [data-change], [data-act]')
    if (!$pressed || event.ctrlKey || event.metaKey || event.shiftKey) {
      return
    }
    const {act, change, answer} = $pressed.dataset
    if (act) {
      this.act(act)
    } else if (change) {
      this.move(this.answers.state.steps.slice(0, Number(change)))
    } else if (answer && !this.inWhole) {
      event.preventDefault()
      this.choose(answer)
    }
  }

  /** Answer the question that is shown. */
  choose(id) {
    const {steps} = this.answers.state
    const stop = this.tree.stops.get(this.answers.here)
    const given = stop.answers.find((answer) => answer.id === id)
    this.move([...steps, step(stop, given)])
  }

  /** Go on to where some steps lead. */
  move(steps) {
    this.answers.go(steps)
    this.answers.change({})
    this.remember('pushState')
    this.show(true)
  }

  /** Put the way into the address. */
  remember(how) {
    const hash = written(this.answers.version, this.answers.state.steps)
    const address = location.pathname + location.search + hash
    const pushed = how === 'pushState' || Boolean(history.state?.pushed)
    history[how]({decision: this.helper, pushed, kept: !this.answers.mustChoose}, '', address)
  }

  /** Do what a button says. */
  act(name) {
    const acts = {
      back: () => this.back(),
      all: () => this.turn(true),
      one: () => this.turn(false),
      print: () => print(),
      copy: () => this.copy(),
      markdown: () => this.save('md', 'text/markdown', this.text()),
      json: () => this.save('json', 'application/json', asJson(this.record())),
      again: () => this.$dialog.showModal(),
      stay: () => this.$dialog.close(),
      delete: () => this.startAgain(),
      mine: () => this.restore(),
      keep: () => this.keepThese(),
      rescue: () => this.save('kept.txt', 'text/plain', this.answers.seen ?? ''),
      seen: () => this.seen()
    }
    acts[name]?.()
  }

  back() {
    if (history.state?.pushed) {
      history.back()
    } else {
      this.move(this.answers.state.steps.slice(0, -1))
    }
  }

  /** Turn to all questions on one page, or to one at a time. */
  turn(whole) {
    this.whole(whole)
    if (whole) {
      this.say('All questions are shown.')
      this.need('[data-act="one"]').focus()
    } else {
      this.remember('replaceState')
      this.show(true)
    }
  }

  /** Show the questions as the page has them, or the one that the way leads to. */
  whole(on) {
    this.inWhole = on
    this.need('[data-act="all"]').hidden = on
    this.need('[data-act="one"]').hidden = !on
    this.$root.classList.toggle('dpup-decision--one', !on)
    this.show(false)
  }

  /** Show where the way leads. */
  show(moves) {
    const {state, here} = this.answers
    const stop = this.tree.stops.get(here)
    for (const $part of this.all('[data-stop], [data-group]')) {
      $part.hidden = !this.inWhole && !$part.contains(stop.$section)
    }
    markBefore(stop, state.before[here]?.answer)
    const begun = state.steps.length > 0 && !this.inWhole
    this.$record.hidden = !begun
    this.need('[data-act="back"]').hidden = !begun
    showRecord(this.$record, this.record(), (id, $note) => this.note(id, $note))
    showTrouble(this.$root, this.answers.trouble)
    showChanges(this.$root, state)
    if (moves && !this.inWhole) {
      this.say(this.place(stop))
      focus(stop.$section.querySelector('h3'))
    }
  }

  /** Say where a question stands. */
  place(stop) {
    const left = ahead(this.tree, stop.id) - 1
    if (stop.isEnd) {
      return 'This is the outcome. Your record is below.'
    }
    return left ? `${stop.label}. At most ${left} more after it.` : `${stop.label}. It is the last one.`
  }

  /** Keep what somebody writes; on paper it stands as text, for boxes cut it off. */
  note(id, $note) {
    $note.parentElement.querySelector('[data-printed]').textContent = $note.value
    this.answers.change({notes: {...this.answers.state.notes, [id]: $note.value}})
    showTrouble(this.$root, this.answers.trouble)
  }

  seen() {
    this.answers.change({then: '', old: []})
    this.show(true)
  }

  restore() {
    this.answers.restore()
    this.remember('pushState')
    this.show(true)
  }

  keepThese() {
    this.answers.replace()
    this.remember('replaceState')
    this.show(true)
    this.say(this.answers.trouble ? '' : 'These answers are kept now.')
  }

  startAgain() {
    this.$dialog.close()
    this.answers.clear()
    this.remember('pushState')
    this.show(true)
  }

  record() {
    const {title} = this.$root.dataset
    return this.answers.record({id: this.helper, title, address: location.href})
  }

  text() {
    return asMarkdown(this.record(), this.need('.dpup-decision__caution').textContent.trim())
  }

  async copy() {
    const done = await copy(this.text())
    this.say(done ? 'Your record is copied.' : 'This browser did not allow copying. Save it as a file.')
  }

  save(ending, type, text) {
    const name = `${this.helper}-${this.answers.state.day || 'kept'}.${ending}`
    save(name, new Blob([text], {type: `${type};charset=utf-8`}))
    this.say(`${name} is saved.`)
  }

  /** Tell the reader something, on the page and to a screen reader. */
  say(words) {
    this.$status.textContent = words
  }
}

/** Move the focus to a heading. */
function focus($heading) {
  $heading.tabIndex = -1
  $heading.focus()
}
