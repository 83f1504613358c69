/** Ids of things that somebody names in their own way: the rules of `finding.py` and `naming.py`. */

const ADDRESS = /^https?:\/\/\S*\/id\/([a-z0-9.-]+)\/?(?:#\S*)?$/
const LONGEST = 80

/** Small letters without macrons and accents. */
export function plain(text) {
  return text.toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '')
}

/** What different ways to write the same have in common. */
export function folded(text) {
  const one = text.split(/\s+/u).filter(Boolean).join(' ')
  const address = ADDRESS.exec(one)
  return address ? address[1] : plain(one).replace(/[.?!/ ]+$/, '')
}

/** Shorten an id, between two words where there are some. */
export function cut(id, size) {
  if (id.length <= size) {
    return id
  }
  const start = id.slice(0, size + 1)
  const end = start.lastIndexOf('-')
  return (end > 0 ? start.slice(0, end) : id.slice(0, size)).replace(/^-+|-+$/g, '')
}

/** Make an id of a title: small letters without macrons, digits and hyphens. */
export function idOf(title, longest = LONGEST) {
  const words = plain(title.replace(/['’]/g, '')).match(/[a-z0-9]+/g) ?? []
  return cut(words.join('-'), longest)
}

/** Give an id like this one that nothing has. */
export function freeId(id, kind, isTaken) {
  const named = id.endsWith(kind) ? '' : `${cut(id, LONGEST - kind.length - 1)}-${kind}`
  if (named && !isTaken(named)) {
    return named
  }
  for (let number = 2; ; number += 1) {
    const next = `${cut(id, LONGEST - String(number).length - 1)}-${number}`
    if (!isTaken(next)) {
      return next
    }
  }
}

/** What was read from a list of names; a form asks again with each letter that is typed. */
const READ = new WeakMap()

/** Finds ids; what it can't find it leaves as it is, for the check to judge. */
export class Finder {
  /** @param {object} names - lists of name and id, by kind */
  constructor(names) {
    this.names = names
    this.maps = READ.get(names) ?? {}
    READ.set(names, this.maps)
    /** The ids of what several things are called. */
    this.unclear = new Map()
  }

  known(kind) {
    this.maps[kind] ??= this.read(kind)
    return this.maps[kind]
  }

  read(kind) {
    const found = new Map()
    for (const [name, id] of this.names[kind] ?? []) {
      const key = folded(name)
      found.set(key, (found.get(key) ?? new Set()).add(id))
    }
    // An id is itself, even where it is the title of something else.
    for (const [, id] of this.names[kind] ?? []) {
      found.set(id, new Set([id]))
    }
    return found
  }

  one(kind, text) {
    const found = [...(this.known(kind).get(folded(text)) ?? [])]
    if (found.length > 1) {
      this.unclear.set(text, found)
    }
    return found.length === 1 ? found[0] : text
  }

  /** Turn lines into ids: one in each line, or several with commas between them. */
  ids(kind, lines) {
    return [...new Set(lines.flatMap((line) => this.line(kind, line)))]
  }

  line(kind, line) {
    const known = this.known(kind)
    const parts = line.split(/[,;]/).map((part) => part.trim()).filter(Boolean)
    const whole = known.has(folded(line)) || !parts.every((part) => known.has(folded(part)))
    return (whole ? [line] : parts).map((part) => this.one(kind, part))
  }
}
