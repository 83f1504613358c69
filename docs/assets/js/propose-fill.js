/** What somebody wrote, as the data of an entry, and which box each part comes from: `filling.py`. */
import {idOf} from './propose-find.js'

const LONGEST = 50
const COUNT = /^[0-9]{1,9}$/
const LIST = /^\s*([-*+]|\d+[.)])\s/
const BULLET = /^([ \t\u00a0]*)[•·‣▪◦●–][ \t\u00a0]+/
const NUMBER = /^([ \t\u00a0]*\d{1,9})\)[ \t\u00a0]+/
const ENDS = /^[\s\x1c-\x1f\x85]+|[\s\x1c-\x1f\x85]+$/gu
const ITEM = {from: 'practice', id: 'question', question: 'question', supports: 'supports', hint: 'hint'}
const MOMENT = {title: 'decision', text: 'story', supports: 'supports'}

/** Take the spaces off both ends. */
export function stripped(text) {
  return text.replace(ENDS, '')
}

/** Give the lines that have something in them. */
export function lines(text) {
  return text.split('\n').map(stripped).filter(Boolean)
}

/** Write the mark of an item as Markdown knows it: people paste those of other programs. */
function marked(line) {
  return line.replace(BULLET, '$1- ').replace(NUMBER, '$1. ')
}

/** Make a paragraph of each line; lists stay together. */
export function paragraphs(text) {
  const out = []
  for (const line of text.split('\n').filter(stripped).map(marked)) {
    const together = out.length && LIST.test(line) && LIST.test(out.at(-1))
    const end = line.replace(/\s+$/u, '')
    out.push(...(together || !out.length ? [end] : ['', end]))
  }
  return out.join('\n')
}

/** Name a path, so that a map can hold it. */
export const at = (...path) => JSON.stringify(path)

/** Follow a path through the rules to those of a field, and whether it has to be there. */
function ruleOf(shape, path) {
  return path.reduce(
    ([rule], step) => {
      const found = rule.keys.find(([name]) => name === step)
      return [found[1], found[2]]
    },
    [shape, true],
  )
}

/** One filled form: `data`, `body`, and in `places` the box of each path. */
export class Filling {
  /**
   * @param {object} form - as `proposal_data` says it
   * @param {object} said - texts and ticks by name, and the rows
   * @param {Finder} find
   * @param {object} fields - which key refers to what
   */
  constructor(form, said, find, fields) {
    Object.assign(this, {form, find, fields})
    this.said = (name) => stripped(said.texts[name] ?? '')
    this.ticked = said.ticks
    this.rows = said.rows
    this.used = new Set()
    this.data = {}
    this.places = new Map()
    this.fill()
    this.body = paragraphs(this.said('body'))
  }

  get title() {
    return this.data.title ?? this.data.term ?? ''
  }

  /** Find the box that a problem of a field belongs to. */
  box(path) {
    for (let end = path.length; end > 0; end -= 1) {
      const found = this.places.get(at(...path.slice(0, end)))
      if (found) {
        return found
      }
    }
    return null
  }

  fill() {
    for (const part of this.form.parts) {
      if (part.ticks.length) {
        this.data[part.id] = part.ticks.map(([id]) => id).filter((id) => this.ticked[`${part.id}.${id}`])
        this.places.set(at(part.id), {box: part.id, label: `Box '${part.title}'`})
      }
      for (const box of part.repeats ? [] : part.boxes.filter(({name}) => name !== 'body')) {
        this.put(box)
      }
    }
    this.dropEmpty()
    this.table = this.form.parts.find((part) => part.repeats)
    if (this.form.kind === 'checklist') {
      this.places.set(at('meanings'), this.places.get(at('answers')))
      this.sections()
    } else if (this.form.kind === 'case-study') {
      this.moments()
    }
  }

  /** Drop what need not be there and has nothing in it, such as meanings of no answers. */
  dropEmpty() {
    for (const [name, inside] of Object.entries(this.data)) {
      const isMap = typeof inside === 'object' && !Array.isArray(inside)
      if (isMap && !Object.values(inside).some(Boolean)) {
        delete this.data[name]
      }
    }
  }

  put(box) {
    const path = box.name.split('.')
    const last = path.at(-1)
    const [, needed] = ruleOf(this.form.shape, path)
    const home = path.slice(0, -1).reduce((inner, step) => (inner[step] ??= {}), this.data)
    const value = this.value(box, last)
    this.places.set(at(...path), {box: box.name, label: `Box '${box.label}'`})
    if (needed || (value !== '' && value !== false && value.length !== 0)) {
      home[last] = value
    }
  }

  value(box, name) {
    const said = this.said(box.name)
    if (box.kind === 'tick') {
      return Boolean(this.ticked[box.name])
    }
    if (box.kind === 'list') {
      const found = lines(said)
      return this.fields[name] ? this.find.ids(this.fields[name], found) : found
    }
    return name === 'minutes' && COUNT.test(said) ? Number(said) : said
  }

  /** Give each row that has something in it, with its number from 1. */
  filledRows() {
    const names = this.table.boxes.map(({name}) => name)
    return this.rows
      .map((row, index) => [index + 1, Object.fromEntries(names.map((name) => [name, stripped(row[name] ?? '')]))])
      .filter(([, row]) => Object.values(row).some(Boolean))
  }

  /** Say which column of a row each field comes from. */
  cells(base, number, columns) {
    const {title, boxes} = this.table
    this.places.set(at(...base), {box: Object.values(columns)[0], row: number, label: `Row ${number} of '${title}'`})
    for (const [field, column] of Object.entries(columns)) {
      const {label} = boxes.find(({name}) => name === column)
      const said = `Box '${label}', row ${number} of '${title}'`
      this.places.set(at(...base, field), {box: column, row: number, label: said})
    }
  }

  sections() {
    const sections = []
    this.places.set(at('sections'), {box: 'items', label: `Box '${this.table.title}'`})
    for (const [number, row] of this.filledRows()) {
      if (row.heading || !sections.length) {
        this.cells(['sections', sections.length], number, {id: 'heading', title: 'heading', items: 'heading'})
        sections.push({id: this.id(row.heading, 'section'), title: row.heading, items: []})
      }
      const {items} = sections.at(-1)
      const item = this.item(row)
      if (Object.keys(item).length) {
        this.cells(['sections', sections.length - 1, 'items', items.length], number, ITEM)
        items.push(item)
      }
    }
    this.data.sections = sections
  }

  item(row) {
    const item = {}
    if (row.practice) {
      item.from = this.find.one('practice', row.practice)
    }
    if (row.question) {
      item.id = this.id(row.question, 'question')
      item.question = row.question
    }
    if (row.supports) {
      item.supports = this.find.ids('practice', lines(row.supports))
    }
    return row.hint ? {...item, hint: row.hint} : item
  }

  moments() {
    this.places.set(at('moments'), {box: 'moments', label: `Box '${this.table.title}'`})
    this.data.moments = this.filledRows().map(([number, row], index) => {
      this.cells(['moments', index], number, MOMENT)
      const supports = this.find.ids('practice', lines(row.supports))
      return {title: row.decision, text: row.story, supports}
    })
  }

  /** Make an id that nothing else in this entry has. */
  id(text, word) {
    const start = idOf(text, LONGEST) || word
    let id = start
    for (let number = 2; this.used.has(id); number += 1) {
      id = `${start}-${number}`
    }
    this.used.add(id)
    return id
  }
}
