/**
 * Files of answers in the shape `dpup-answers/1`, as `dpup answers` reads and prints them.
 *
 * A file comes from anyone: nothing in it is believed beyond its words. The Python side has the
 * same shape in `answers.py`; both refuse what they do not know, so that nothing is dropped unseen.
 */
import {FORMAT, LONGEST, LONGEST_NAME, MOST_ANSWERS, MOST_ROWS, TEXTS, plain, sound} from './answers-shape.js'
import {isoDay} from './days.js'
import {JsonError, key, lineAndColumn, parse} from './json-text.js'

/** In bytes. A file of long answers to the longest checklist is a tenth of it. */
export const LARGEST = 5_000_000
const CURE = 'Save the file again where it was made, or compare it with what dpup answers read prints.'
/** @typedef {import('./answers-shape.js').Sheet} Sheet */

/**
 * Read a file of answers.
 *
 * @param {ArrayBuffer} bytes - the whole file
 * @param {string} name - of the file, for the messages
 * @returns {{sheet: Sheet|null, problems: string[]}} problems with place and cure; no sheet then
 */
export function read(bytes, name) {
  const {text, problem} = decoded(bytes, name)
  if (problem) {
    return {sheet: null, problems: [problem]}
  }
  try {
    const {value, places} = parse(text)
    const check = new Check(text, places, name)
    const sheet = check.sheet(value)
    return check.problems.length ? {sheet: null, problems: check.problems} : {sheet, problems: []}
  } catch (error) {
    const place = error instanceof JsonError ? lineAndColumn(text, error.place) : '1:1'
    const said = error instanceof JsonError ? error.message : 'It is too large or too deep to read.'
    return {sheet: null, problems: [`${name}:${place}: This is not a file of answers. ${said} ${CURE}`]}
  }
}

/**
 * Write answers as the text of a file.
 *
 * @param {Sheet} sheet - the answers
 * @returns {string} JSON that ends with a line break
 */
export function write(sheet) {
  return `${JSON.stringify(plain(sheet), null, 2)}\n`
}

function decoded(bytes, name) {
  const start = new Uint8Array(bytes.slice(0, 2))
  const is = (...codes) => codes.every((code, index) => start[index] === code)
  if (bytes.byteLength > LARGEST) {
    return {problem: `${name}: This file is far larger than a file of answers. Choose another file.`}
  }
  if (is(0x50, 0x4b)) {
    const cure = 'Turn it into a file of answers with dpup answers read, then open that.'
    return {problem: `${name}: This looks like a Word or Excel file. ${cure}`}
  }
  // PowerShell writes UTF-16.
  const coding = is(0xff, 0xfe) ? 'utf-16le' : is(0xfe, 0xff) ? 'utf-16be' : 'utf-8'
  try {
    return {text: new TextDecoder(coding, {fatal: true}).decode(bytes)}
  } catch {
    return {problem: `${name}: This is not text. Choose the file that you saved here.`}
  }
}

/** Checks the shape of a file and collects what is wrong with it. */
class Check {
  constructor(text, places, name) {
    this.source = text
    this.places = places
    this.name = name
    this.problems = []
  }

  /** Note a problem at a path; a path that the file lacks counts as what is around it. */
  wrong(path, said) {
    let known = path
    while (known.length && !this.places.has(key(known))) {
      known = known.slice(0, -1)
    }
    const place = lineAndColumn(this.source, this.places.get(key(known)) ?? 0)
    const where = path.length ? `${path.join('.')}: ` : ''
    this.problems.push(sound(`${this.name}:${place}: ${where}${said} ${CURE}`))
  }

  sheet(value) {
    if (!(value instanceof Map)) {
      this.wrong([], 'A file of answers is one object in braces.')
      return null
    }
    this.only(value, ['format', 'entry', 'version', 'name', 'answers'], [])
    if (value.get('format') !== FORMAT) {
      this.wrong(['format'], `This has to be "${FORMAT}".`)
    }
    const entry = this.id(value.get('entry'), ['entry'])
    const version = this.words(value.get('version') ?? '', ['version'], LONGEST_NAME)
    const name = this.words(value.get('name') ?? '', ['name'], LONGEST_NAME)
    return {entry, version, name, answers: this.answers(value.get('answers'))}
  }

  only(map, known, path) {
    for (const name of map.keys()) {
      if (!known.includes(name)) {
        this.wrong([...path, name], 'This page does not know that field. Reload it and try again.')
      }
    }
  }

  words(value, path, longest) {
    if (typeof value !== 'string') {
      this.wrong(path, 'This has to be words in straight quotes.')
      return ''
    }
    const text = sound(value)
    if (text.length > longest && [...text].length > longest) {
      this.wrong(path, `This is longer than ${longest} characters. Shorten it.`)
    }
    return text
  }

  id(value, path) {
    const text = this.words(value, path, LONGEST_NAME)
    if (typeof value === 'string' && (!text || text.includes(':'))) {
      this.wrong(path, 'This is no id: an id has no colon and is not empty.')
    }
    return text
  }

  answers(value) {
    const found = new Map()
    if (!(value instanceof Map)) {
      this.wrong(['answers'], 'The answers are missing.')
      return found
    }
    if (value.size > MOST_ANSWERS) {
      this.wrong(['answers'], `There are more than ${MOST_ANSWERS} answers.`)
      return found
    }
    for (const [name, said] of value) {
      const id = this.id(name, ['answers', name])
      if (found.has(id)) {
        this.wrong(['answers', name], 'This id stands twice.')
      }
      found.set(id, this.answer(said, ['answers', name]))
    }
    return found
  }

  answer(said, path) {
    if (!(said instanceof Map)) {
      this.wrong(path, 'An answer is an object in braces.')
      return null
    }
    this.only(said, [...Object.keys(TEXTS), 'rows'], path)
    const texts = Object.entries(TEXTS).map(([name, longest]) => [
      name,
      this.words(said.get(name) ?? '', [...path, name], longest),
    ])
    const found = Object.fromEntries(texts)
    // Word writes days as people do.
    return {...found, due: isoDay(found.due), rows: this.rows(said.get('rows') ?? [], [...path, 'rows'])}
  }

  rows(value, path) {
    if (!Array.isArray(value) || value.length > MOST_ROWS) {
      this.wrong(path, `Rows are a list in brackets, of at most ${MOST_ROWS}.`)
      return []
    }
    return value.map((row, index) => this.words(row, [...path, index], LONGEST))
  }
}
