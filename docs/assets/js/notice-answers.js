/**
 * The answers to one template, kept in this browser. Knows nothing of the page.
 *
 * Each change is put into what is kept at that moment, so that two tabs do not undo one another.
 * What can't be kept stays here and is put in with the next change, answer by answer; an answer
 * that another tab has kept since is newer, and stands. What is kept has the shape of a file of
 * answers, and is read with the same care. Answers to what the template does not ask stay where
 * they are.
 */
import {kept, plain} from './answers-shape.js'
import * as storage from './storage.js'

/** What is kept was written by a newer edition of this page. It is left alone. */
export const NEWER = 'newer'
/** Another tab has deleted the answers; they are still here, and a change keeps them again. */
export const DELETED = 'deleted'
const EMPTY = {answer: '', rows: [], note: '', owner: '', due: '', fingerprint: '', asked: ''}
const PARTS = ['format', 'entry', 'version', 'name', 'answers']
const LATER_FORMAT = /^dpup-answers\/(?!1$)\d+$/

/** What was answered; `trouble` says why it may not be kept, in a word of `storage.js` or ours. */
export class Answers {
  /** @param {{entry: string, version: string, fields: object}} template - the data of the page */
  constructor(template) {
    this.template = template
    this.key = `notice:${template.entry}`
    this.aside = `lost:${template.entry}:`
    this.ids = new Map(Object.entries(template.fields).filter(([, field]) => field.id))
    this.trouble = ''
    /** What the browser held when it was last read. */
    this.seen = new Map()
    /** What is here and could not be kept; null for an answer that was taken back. */
    this.loose = new Map()
    this.answers = new Map()
    this.load()
  }

  /** Read what is kept; what could not be kept stays over it. */
  load() {
    const {answers, trouble} = this.stored()
    this.mayWrite = answers !== null || trouble === storage.BLOCKED
    if (answers === null) {
      this.trouble = trouble
      return
    }
    this.look(answers, trouble)
    this.answers = over(this.seen, this.loose)
    if (trouble || !this.loose.size) {
      this.trouble = trouble
    }
  }

  /** Compare what is kept with what was kept when this tab last looked. */
  look(answers, trouble) {
    const isGone = this.seen.size > 0 && (trouble === DELETED || trouble === storage.CORRUPT)
    if (isGone) {
      this.loose = new Map([...this.answers, ...this.loose])
    }
    for (const id of isGone ? [] : [...this.loose.keys()]) {
      if (!isSame(this.seen.get(id), answers.get(id))) {
        this.loose.delete(id)
      }
    }
    this.seen = answers
  }

  /**
   * Read again what another tab may have kept.
   *
   * @returns {number} how many of the answers that were kept are others now, or gone
   */
  refresh() {
    const before = this.seen
    this.load()
    return [...before].filter(([id, answer]) => !isSame(answer, this.seen.get(id))).length
  }

  /** @returns {{answers: Map|null, trouble: string}} null for what must not be written over */
  stored() {
    const {text, trouble} = storage.read(this.key)
    if (trouble === storage.BLOCKED) {
      return {answers: null, trouble}
    }
    if (text === null) {
      return {answers: new Map(), trouble: this.seen.size ? DELETED : ''}
    }
    const answers = this.answersIn(text)
    if (answers) {
      return {answers, trouble: ''}
    }
    if (this.isNewer(text)) {
      return {answers: null, trouble: NEWER}
    }
    return this.putAside(text) ? {answers: new Map(), trouble: storage.CORRUPT} : {answers: null, trouble: storage.FULL}
  }

  /** Give the answers in a text that was kept; null when it is no such text. */
  answersIn(text) {
    return kept(text, this.template.entry)?.answers ?? null
  }

  /** Tell whether a text is sound but for what this edition does not know. */
  isNewer(text) {
    try {
      const sheet = JSON.parse(text)
      const answers = Object.entries(sheet.answers ?? {}).map(([id, said]) => [id, only(said, Object.keys(EMPTY))])
      const known = {...only(sheet, PARTS), answers: Object.fromEntries(answers)}
      return LATER_FORMAT.test(sheet.format) || this.answersIn(JSON.stringify(known)) !== null
    } catch {
      return false
    }
  }

  /**
   * Move what can't be read to a key of the same length, so that it fits into a full storage.
   *
   * @param {string} text - as it is kept
   * @returns {boolean} false when it had to stay where it was
   */
  putAside(text) {
    const taken = storage.keys(this.aside)
    const free = Array.from({length: taken.length + 1}, (_, number) => this.aside + number)
    storage.remove(this.key)
    if (storage.writeText(free.find((key) => !taken.includes(key)), text) === '') {
      return true
    }
    storage.writeText(this.key, text)
    return false
  }

  /** @returns {string[]} each text that could not be read, as it was kept */
  get unreadable() {
    const isStuck = !this.mayWrite && this.trouble !== NEWER
    const keys = [...storage.keys(this.aside), ...(isStuck ? [this.key] : [])]
    return keys.map((key) => storage.read(key).text ?? '')
  }

  /** @returns {string|string[]} what was answered to a field, or in each row of a column */
  get(name) {
    const {id, table} = this.template.fields[name]
    const found = this.answers.get(id) ?? EMPTY
    const {answer, rows} = found
    return table ? (answer ? [answer, ...rows] : rows) : [answer, ...rows].filter(Boolean).join('\n')
  }

  /** @returns {Object<string, string|string[]>} what was answered, by the names of the fields */
  get values() {
    return Object.fromEntries([...this.ids.keys()].map((name) => [name, this.get(name)]))
  }

  /**
   * Answer a field.
   *
   * @param {string} name - of the field
   * @param {string|string[]} value - its words, or those of each row
   */
  set(name, value) {
    this.load()
    const {id, fingerprint, wording, table} = this.template.fields[name]
    const said = table ? {answer: '', rows: withoutEnd(value)} : {answer: value, rows: []}
    const {note, owner, due} = this.answers.get(id) ?? EMPTY
    const answer = {...EMPTY, ...said, note, owner, due, fingerprint, asked: wording}
    this.loose.set(id, isEmpty(answer) ? null : answer)
    this.keep()
  }

  /** Say that an answer to older words fits the words of today. */
  confirm(name) {
    this.set(name, this.get(name))
  }

  /** Take the answers of a file in place of all that is here. */
  replace(answers) {
    this.load()
    const gone = [...this.seen.keys()].map((id) => [id, null])
    this.loose = new Map([...gone, ...[...answers].filter(([, answer]) => !isEmpty(answer))])
    this.keep()
  }

  /** Forget everything, and what could not be read too. */
  clear() {
    this.answers = new Map()
    this.seen = new Map()
    this.loose = new Map()
    this.trouble = storage.remove(this.key)
    storage.keys(this.aside).forEach(storage.remove)
  }

  /** Names of the fields whose words have changed since they were answered. */
  get changed() {
    return [...this.ids].filter(([, {id, fingerprint}]) => {
      const answer = this.answers.get(id)
      return answer && answer.fingerprint !== fingerprint
    }).map(([name]) => name)
  }

  /** Give the words that were answered in a field; empty when they are not known. */
  asked(name) {
    return (this.answers.get(this.template.fields[name].id) ?? EMPTY).asked
  }

  /** Answers to what the template does not ask: what was asked and the id, each with the words. */
  get strangers() {
    const asked = new Set([...this.ids.values()].map(({id}) => id))
    return [...this.answers].filter(([id]) => !asked.has(id)).map(([id, {asked: words, answer, rows, note}]) => [
      words ? `${words} (${id})` : id,
      [answer, ...rows, note].filter(Boolean).join('; ')
    ])
  }

  get isEmpty() {
    return this.answers.size === 0
  }

  /** The answers with what they are answers to. */
  get sheet() {
    const {entry, version} = this.template
    return {entry, version, answers: this.answers}
  }

  keep() {
    this.answers = over(this.seen, this.loose)
    if (!this.mayWrite) {
      return
    }
    this.trouble = storage.write(this.key, plain(this.sheet))
    if (!this.trouble) {
      // As it is read: marks that no document can hold come back as others.
      this.seen = this.stored().answers ?? new Map()
      this.loose = new Map()
    }
  }
}

/** Drop the empty rows at the end, and no others. */
function withoutEnd(rows) {
  return rows.slice(0, rows.findLastIndex((row) => row !== '') + 1)
}

function isEmpty({answer, rows, note, owner, due}) {
  return !(answer || note || owner || due || rows.some(Boolean))
}

/** Lay what could not be kept over what is kept. */
function over(kept, loose) {
  return new Map([...kept, ...loose].filter(([id]) => loose.get(id) !== null))
}

function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Give the parts of an object that are known; what is no object stays wrong. */
function only(given, names) {
  if (given?.constructor !== Object) {
    return given
  }
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name)))
}
