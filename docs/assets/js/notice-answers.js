/**
 * The answers to one template, kept in this browser. Knows nothing of the page.
 *
 * Each change is put into what is kept at that moment, so that two tabs do not undo one another.
 * What is kept has the shape of a file of answers, and is read with the same care. Answers to what
 * the template does not ask stay where they are.
 */
import {kept, plain} from './answers-shape.js'
import * as storage from './storage.js'

const EMPTY = {answer: '', rows: [], note: '', owner: '', due: '', fingerprint: '', asked: ''}

/** What was answered; `trouble` says why it may not be kept, in a word of `storage.js`. */
export class Answers {
  /** @param {{entry: string, version: string, fields: object}} template - the data of the page */
  constructor(template) {
    this.template = template
    this.key = `notice:${template.entry}`
    this.ids = new Map(Object.entries(template.fields).filter(([, field]) => field.id))
    this.trouble = ''
    /** True while what is here could not be kept: then nothing is read over it. */
    this.isUnkept = false
    this.answers = new Map()
    this.load()
  }

  /** Read what is kept; while the browser keeps nothing, what is here stays. */
  load() {
    if (this.isUnkept) {
      return
    }
    const {text, trouble} = storage.read(this.key)
    this.trouble = trouble
    if (trouble === storage.BLOCKED) {
      return
    }
    if (text === null) {
      this.answers = new Map()
      return
    }
    const sheet = kept(text, this.template.entry)
    if (sheet) {
      this.answers = sheet.answers
      this.trouble = ''
    } else {
      this.trouble = storage.CORRUPT
      this.setAside(text)
    }
  }

  /** Keep what can't be read under another key before anything is written over it. */
  setAside(text) {
    if (!storage.writeText(`${this.key}:unreadable`, text)) {
      storage.remove(this.key)
    }
  }

  /** What could not be read once; null for nothing. */
  get unreadable() {
    return storage.read(`${this.key}:unreadable`).text
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
    if (isEmpty(answer)) {
      this.answers.delete(id)
    } else {
      this.answers.set(id, answer)
    }
    this.keep()
  }

  /** Say that an answer to older words fits the words of today. */
  confirm(name) {
    this.set(name, this.get(name))
  }

  /** Take the answers of a file in place of all that is here. */
  replace(answers) {
    this.answers = new Map([...answers].filter(([, answer]) => !isEmpty(answer)))
    this.keep()
  }

  /** Forget everything, and what could not be read too. */
  clear() {
    this.answers = new Map()
    this.trouble = storage.remove(this.key)
    this.isUnkept = Boolean(this.trouble)
    storage.remove(`${this.key}:unreadable`)
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
    this.trouble = storage.write(this.key, plain(this.sheet))
    this.isUnkept = Boolean(this.trouble)
  }
}

/** Drop the empty rows at the end, and no others. */
function withoutEnd(rows) {
  return rows.slice(0, rows.findLastIndex((row) => row !== '') + 1)
}

function isEmpty({answer, rows, note, owner, due}) {
  return !(answer || note || owner || due || rows.some(Boolean))
}
