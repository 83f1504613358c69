/**
 * A checklist that remembers: answers, notes, owners and dates, in several named assessments, kept
 * in this browser only. Without this script the checklist can be filled in and printed.
 */
import {isEmpty, plain} from './answers-shape.js'
import * as assessment from './assessment.js'
import {Assessments} from './assessments.js'
import {hasChanged, inWords, isOpen, standing} from './carry-over.js'
import {Item} from './checklist-item.js'
import {Component} from './component.js'
import {Desk} from './desk.js'
import {WorkBar, write} from './work-bar.js'
import {nameOf} from './work-words.js'

const FIRST_NAME = 'My answers'
const CHANGED = 'This checklist has changed since you answered'
const UNFIT = 'Some of these answers may not fit this checklist'
/**
 * What fills in each format: a module, and its function. They need the blank form, which is not kept
 * with a page, so a browser need not keep them either.
 */
const FILLERS = {docx: ['./filled-word.js', 'filledWord'], xlsx: ['./filled-workbook.js', 'filledWorkbook']}

export default class Checklist extends Component {
  constructor($root) {
    super($root)
    this.items = new Map(this.all('[data-item]').map(($item) => [$item.dataset.item, new Item($item)]))
    /** The tombstone of each withdrawn id, as it stands hidden on the page. */
    this.stones = new Map(this.all('[data-gone]').map(($stone) => [$stone.dataset.gone, $stone]))
    const gone = [...this.stones].map(([id, $stone]) => [id, $stone.dataset.instead.split(' ').filter(Boolean)])
    const {entry, version} = $root.dataset
    this.form = {version, items: this.items, gone: new Map(gone)}
    const {toStore, fromStore, merge, same} = assessment
    this.desk = new Desk(new Assessments(entry, {toStore, fromStore, merge, same}), () => this.show())
    this.bar = new WorkBar(this, this.desk, this)
    this.$show = this.need('[data-show]')
    this.noun = 'assessment'
    this.place = `dpup:${entry}`
    this.bind()
    this.need('[data-plain]').hidden = true
    this.reveal()
    this.begin()
  }

  bind() {
    this.$root.addEventListener('input', ({target}) => this.changed(target))
    this.$root.addEventListener('click', ({target}) => this.pressed(target))
    this.$show.addEventListener('change', () => this.filter())
    // A link to an anchor makes a new entry in the history, without this tab's own mark.
    addEventListener('hashchange', () => this.mark())
    // Browsers put their own values into forms when they go back to a page.
    addEventListener('pageshow', () => this.desk.wake())
    document.addEventListener('visibilitychange', () => document.hidden || this.desk.wake())
  }

  /** Open what was open here last; take over what was ticked before the script ran. */
  begin() {
    const early = [...this.items].map(([id, item]) => [id, item.early()])
    this.desk.open(history.state?.[this.place] ?? this.desk.store.lastUsed())
    if (!this.desk.work) {
      const [first] = this.desk.all()
      this.desk.open(first?.id)
    }
    for (const [id, change] of early) {
      if (Object.keys(change).length && isEmpty(this.answer(id))) {
        this.edit(id, change)
      }
    }
  }

  answer(id) {
    return this.desk.work ? assessment.answerTo(this.desk.work, id) : assessment.answerTo({answers: new Map()}, id)
  }

  /** The reader has changed a control of an item. */
  changed($control) {
    const id = $control.closest('[data-item]')?.dataset.item
    if (id && $control.matches('[data-answer], [data-field]')) {
      const item = this.items.get(id)
      this.edit(id, item.changeOf($control))
    }
  }

  edit(id, change) {
    const work = this.desk.work ?? this.make(this.bar.unused(FIRST_NAME))
    const begins = !this.desk.work
    this.keep(assessment.edit(work, this.items.get(id), change, Date.now()))
    if (begins) {
      this.bar.say(`“${work.name}” is begun. Rename it if you fill in this checklist more than once.`)
    }
  }

  /** Keep a new version of the open assessment. */
  keep(work) {
    const settled = !isOpen(standing(work.answers, this.form))
    this.desk.change(settled ? {...work, version: this.form.version} : work)
  }

  /** The reader has pressed something that belongs to an item. */
  pressed($target) {
    const $button = $target.closest('[data-act], [data-clear]')
    const id = $button?.closest('[data-item], [data-was]')
    if (id) {
      this.act($button.dataset.act ?? 'untick', id.dataset.item ?? id.dataset.was, $button.dataset.from)
    }
  }

  act(name, id, from) {
    const {work} = this.desk
    const now = Date.now()
    const item = this.items.get(id)
    const [said, after] = {
      confirm: () => ['The answer stands.', assessment.confirm(work, item, now)],
      untick: () => ['The answer is cleared.', assessment.edit(work, item, {answer: ''}, now)],
      clear: () => ['The answer is cleared.', assessment.clear(work, id, now)],
      settle: () => ['It is not used here. It stays under “No longer asked”.', assessment.settle(work, from, id, now)],
      adopt: () => ['The answer is used here.', assessment.adopt(work, from, item, now)],
    }[name]()
    if (!after) {
      this.bar.say('The two notes together are too long. Shorten the one that is here first.')
      return
    }
    this.keep(after)
    this.bar.say(said, () => this.takeBack(work, [id, from]))
    const $next = item ? item.$focus : this.old?.$focus
    ;($next ?? this.bar.$undo).focus()
  }

  /** Put the answers to some items back as they were. */
  takeBack(before, ids) {
    let {work} = this.desk
    for (const id of ids.filter(Boolean)) {
      work = assessment.restore(work, id, assessment.answerTo(before, id), Date.now())
    }
    this.keep(work)
  }

  /** Show everything as it is now. */
  show() {
    const {work} = this.desk
    const answers = work?.answers ?? new Map()
    const found = standing(answers, this.form)
    const turned = this.opened !== (work?.id ?? '')
    if (turned) {
      this.opened = work?.id ?? ''
      this.came = Boolean(work?.version) && work.version !== this.form.version
    }
    for (const [id, item] of this.items) {
      item.show(this.answer(id))
      const offers = (found.offered.get(id) ?? []).map((old) => ({
        id: old,
        answer: this.answer(old),
        stone: this.stones.get(old),
      }))
      item.look(this.answer(id), found.again.get(id), offers)
    }
    this.showOld(answers, [...found.withdrawn, ...found.unknown]).catch((error) => console.error(error))
    this.tell(found)
    this.bar.show()
    if (turned) {
      this.turn()
    }
  }

  /** Show answers to what is not asked any more. Most readers have none. */
  async showOld(answers, ids) {
    this.oldIds = ids
    if (!this.old && ids.length) {
      const {Old} = await import('./checklist-old.js')
      const [any] = this.items.values()
      // All items of a checklist are answered alike, so any of them knows the labels.
      this.old ??= new Old(this, this.stones, (answer) => any?.inWords(answer) ?? answer.answer)
    }
    // While it was loaded, another assessment may have been opened.
    if (this.oldIds === ids) {
      this.old?.show(answers, ids)
    }
  }

  /** Another assessment is open than before. */
  turn() {
    for (const [id, item] of this.items) {
      item.unfold(this.answer(id))
    }
    this.mark()
    this.filter()
  }

  /** Remember which assessment is open in this tab, for when it is loaded again. */
  mark() {
    history.replaceState({...history.state, [this.place]: this.opened}, '')
  }

  /** Say how far the reader is, and what became of older answers. */
  tell(found) {
    const {answered, total} = found
    const again = found.again.size ? ` ${found.again.size} to look at again.` : ''
    const progress = `${answered} of ${total} answered.${again}`
    write(this.need('[data-progress]'), progress)
    const $bar = this.need('progress')
    $bar.max = total || 1
    $bar.value = answered
    const news = this.came || isOpen(found) || found.withdrawn.length + found.unknown.length > 0
    const look = isOpen(found) ? ' Choose “To look at again” under “Show”.' : ''
    const why = this.came || hasChanged(found) ? CHANGED : UNFIT
    write(this.need('[data-news]'), news ? `${why}: ${inWords(found)}${look}` : '')
    const {work} = this.desk
    write(this.need('[data-printed]'), work ? `${work.name}. ${progress} Version ${this.form.version}.` : '')
    this.$root.classList.toggle('dpup-checklist--answered', found.carried.length + found.again.size > 0)
  }

  /** Show the items that the reader asked for. What is answered now stays until asked again. */
  filter() {
    const found = standing(this.desk.work?.answers ?? new Map(), this.form)
    const fits = {
      '': () => true,
      left: (id) => !found.carried.includes(id) || !this.answer(id).answer,
      no: (id) => this.answer(id).answer === 'no',
      note: (id) => Boolean(this.answer(id).note),
      again: (id) => found.again.has(id) || found.offered.has(id),
    }[this.$show.value]
    const shown = [...this.items].filter(([id, item]) => {
      item.$item.classList.toggle('dpup-item--out', !fits(id))
      return fits(id)
    })
    write(this.need('[data-shown]'), this.$show.value ? `${shown.length} of ${this.items.size} items shown.` : '')
  }

  // What the bar asks for.

  make(name) {
    const {entry, version} = this.$root.dataset
    return assessment.create({id: this.desk.store.newId(), entry, name, version, now: Date.now()})
  }

  duplicate(work, about) {
    return assessment.duplicate(work, about)
  }

  rename(work, name, now) {
    return assessment.rename(work, name, now)
  }

  async text(work) {
    const file = await import('./answers-file.js')
    return file.write(assessment.toSheet(work))
  }

  async read(chosen) {
    const file = await import('./answers-file.js')
    const {sheet, problems} = file.read(await chosen.arrayBuffer(), chosen.name)
    if (!sheet) {
      return {work: null, problems, said: 'This file could not be opened. Nothing here has changed.'}
    }
    const {entry} = this.$root.dataset
    if (sheet.entry !== entry) {
      const said = `This file answers another checklist, “${sheet.entry}”. Open it on the page of that one. Nothing here has changed.`
      return {work: null, problems: [], said}
    }
    const about = {id: this.desk.store.newId(), name: nameOf(sheet.name, chosen.name, entry), now: Date.now()}
    const work = assessment.fromSheet(sheet, {...about, wordings: this.wordings()})
    return {work, problems: [], said: `The file is open as an assessment of its own. ${inWords(standing(work.answers, this.form))}`}
  }

  /** Collect every wording that this page and its assessments know, by fingerprint. */
  wordings() {
    const kept = this.desk.all().flatMap((work) => [...work.answers.values()])
    const known = kept.map(({fingerprint, asked}) => [fingerprint, asked])
    const today = [...this.items.values()].map(({fingerprint, wording}) => [fingerprint, wording])
    return new Map([...known, ...today].filter(([fingerprint]) => fingerprint))
  }

  async filled(work, format, href) {
    const [module, name] = FILLERS[format]
    const {[name]: fill} = await import(module)
    const answer = await fetch(href)
    if (!answer.ok) {
      throw new Error(`${href}: ${answer.status}`)
    }
    return fill(await answer.arrayBuffer(), plain(assessment.toSheet(work)))
  }
}
