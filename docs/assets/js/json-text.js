/**
 * Reads JSON and remembers where each value stands, so that a problem can name its line.
 *
 * `JSON.parse` keeps the last of two equal keys and says nothing: an answer would be lost. Objects
 * become Maps here, so that no key of a stranger's file means anything to JavaScript.
 */

const SPACE = /[ \t\n\r]*/y
const STRING = /"[^"\\\u0000-\u001f]*(?:\\.[^"\\\u0000-\u001f]*)*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
const DEEPEST = 20

/** A text is not JSON; `place` is where, as an index. */
export class JsonError extends Error {
  /**
   * @param {string} message - one sentence
   * @param {number} place - index in the text
   */
  constructor(message, place) {
    super(message)
    this.place = place
  }
}

/**
 * Read a JSON text.
 *
 * @param {string} text - all of it
 * @returns {{value: any, places: Map<string, number>}} objects as Maps; the index of the value at
 *   each path, by `key(path)`
 * @throws {JsonError} when it is not JSON, has a key twice in one object, or is nested too deeply
 */
export function parse(text) {
  const reader = new Reader(text)
  const value = reader.value([])
  reader.skip()
  if (reader.place < text.length) {
    throw new JsonError('Something follows after the end.', reader.place)
  }
  return {value, places: reader.places}
}

/** Name a path in the map of places. */
export const key = (path) => JSON.stringify(path)

/**
 * Say where an index is.
 *
 * @param {string} text - that it is an index in
 * @param {number} place - the index
 * @returns {string} line and column from 1, as `3:14`
 */
export function lineAndColumn(text, place) {
  const before = text.slice(0, place)
  const lines = before.split('\n')
  return `${lines.length}:${[...lines.at(-1)].length + 1}`
}

class Reader {
  constructor(text) {
    this.text = text
    this.place = 0
    this.places = new Map()
  }

  /** Take what a pattern finds here, or null. */
  take(pattern) {
    pattern.lastIndex = this.place
    const found = pattern.exec(this.text)
    if (found) {
      this.place = pattern.lastIndex
    }
    return found?.[0] ?? null
  }

  skip() {
    this.take(SPACE)
  }

  /** Take one character, if it is here. */
  takes(char) {
    this.skip()
    const here = this.text[this.place] === char
    this.place += here ? 1 : 0
    return here
  }

  wants(char) {
    if (!this.takes(char)) {
      throw new JsonError(`A ${char} is missing here.`, this.place)
    }
  }

  value(path) {
    this.skip()
    this.places.set(key(path), this.place)
    if (path.length > DEEPEST) {
      throw new JsonError('This is nested too deeply.', this.place)
    }
    if (this.takes('{')) {
      return this.object(path)
    }
    if (this.takes('[')) {
      return this.list(path)
    }
    return this.text[this.place] === '"' ? this.string() : this.plain()
  }

  object(path) {
    const found = new Map()
    if (this.takes('}')) {
      return found
    }
    do {
      this.skip()
      const place = this.place
      const name = this.string()
      if (found.has(name)) {
        throw new JsonError(`"${name}" stands twice in one place.`, place)
      }
      this.wants(':')
      found.set(name, this.value([...path, name]))
    } while (this.takes(','))
    this.wants('}')
    return found
  }

  list(path) {
    const found = []
    if (this.takes(']')) {
      return found
    }
    do {
      found.push(this.value([...path, found.length]))
    } while (this.takes(','))
    this.wants(']')
    return found
  }

  string() {
    const place = this.place
    const raw = this.take(STRING)
    try {
      return JSON.parse(raw ?? '')
    } catch {
      throw new JsonError('Words in straight quotes are missing here, or are written wrongly.', place)
    }
  }

  plain() {
    const raw = this.take(NUMBER) ?? this.take(WORD)
    if (raw === null) {
      throw new JsonError('A value is missing here.', this.place)
    }
    return JSON.parse(raw)
  }
}
