/** What may not stand in a text: what hides, braces, blanks, and some Markdown. */
import {SET_ASIDE, short} from './propose-told.js'

const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u
const SYMBOL = /[\p{So}\p{Sm}]/u
const BRACES = /\{\{|\{%|\{#/
/** Said of a field; of a text below the facts, the check judges each call instead. */
export const NO_BRACES =
  "Template braces can't stand in a field. Say it in words; a call belongs in the text below the front matter."
const MARK = /\[fill in:\s*([^\]\n]*)/i
const WRITE = 'Write it in place of the square brackets.'
const HTML = /<(\/?[a-z][^\s>]*(?:\s[^>]*)?|!--[\s\S]*?--)>/gi
const LINK = /(!?)\[[^\]\n]*\]\(\s*<?([^)\s>]*)/g
const SCHEMES = new Set(['http', 'https', 'mailto'])
const CODE = /(`+)[^`][\s\S]*?\1/g

/** Give the sentence and the cure of a character that hides, unless it belongs to the symbol before it. */
function saidOf(char, before, characters) {
  const code = char.codePointAt(0).toString(16).toUpperCase()
  const [message, hint, fits] = characters[code] ?? []
  if (message) {
    return fits && SYMBOL.test(before) ? [] : [message, hint]
  }
  const isHidden = HIDDEN.test(char) && !'\n\r\t'.includes(char)
  return isHidden ? [`A character that can't be seen stands here (U+${code.padStart(4, '0')}).`, 'Delete it.'] : []
}

/** Tell of each hidden character of a text, once for each sort. */
function hidden(text, characters) {
  const said = [...text].map((char, index, all) => saidOf(char, all[index - 1] ?? ' ', characters).join(' '))
  return new Set(said.filter(Boolean))
}

function without(text, characters) {
  const honest = (char, index, all) =>
    !(char.codePointAt(0).toString(16).toUpperCase() in characters) ||
    saidOf(char, all[index - 1] ?? ' ', characters)[1] !== 'Delete it.'
  return [...text].filter(honest).join('')
}

function blank(words) {
  const said = words.trim() ? `: ${words.trim()}` : ''
  return `This blank is still to be filled${said}${/[?.!]$/.test(said) ? '' : '.'} ${WRITE}`
}

/** Give a text as the check goes on with it, and tell what it says of it by then. */
function judged(text, path, characters, told) {
  for (const said of hidden(text, characters)) {
    // The check reads a file before its fields, so it names none.
    told.push([path, said, {isOfFile: true}])
  }
  const honest = without(text, characters)
  const mark = MARK.exec(honest)
  const said = BRACES.test(honest) ? NO_BRACES : mark && blank(mark[1])
  if (said) {
    told.push([path, said])
  }
  return said ? SET_ASIDE : honest
}

/**
 * Look at every text of the data.
 *
 * @param {any} data - of the entry
 * @param {object} characters - what is said of each that hides
 * @param {Array<[Array, string]>} told - path and sentence of each problem; more are added
 * @returns {any} the data without what was told already
 */
export function honest(data, characters, told, path = []) {
  if (typeof data === 'string') {
    return judged(data, path, characters, told)
  }
  if (Array.isArray(data)) {
    return data.map((item, index) => honest(item, characters, told, [...path, index]))
  }
  if (typeof data === 'object') {
    const rows = Object.entries(data).map(([name, item]) => [name, honest(item, characters, told, [...path, name])])
    return Object.fromEntries(rows)
  }
  return data
}

/** Tell whether something in the data was set aside. */
export function isSetAside(data) {
  return data === SET_ASIDE || (typeof data === 'object' && Object.values(data).some(isSetAside))
}

function* html(text) {
  const opened = new Set()
  for (const [raw, inside] of text.matchAll(HTML)) {
    const name = inside.split(/\s/)[0].toLowerCase()
    // What closes an element was told where the element opens.
    const closes = name.startsWith('/') && opened.has(name.slice(1))
    opened.add(name)
    if (inside.startsWith('!--')) {
      yield "Comments can't be used here: readers would see them. Delete it."
    } else if (!closes && !/^[a-z][a-z0-9+.-]*:|@/i.test(inside)) {
      const shown = short(raw.split(/\s+/).join(' '))
      yield `Raw HTML can't be used here: ${shown}. Use Markdown; write &lt; for a less-than sign.`
    }
  }
}

function* links(text) {
  for (const [, picture, address] of text.matchAll(LINK)) {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1].toLowerCase()
    if (!picture && !address) {
      yield 'This link leads nowhere. Write an address between the parentheses.'
    } else if (picture) {
      yield "Pictures can't be placed in a text. Say it in words, or link to it."
    } else if (scheme && !SCHEMES.has(scheme)) {
      yield `A link may not start with ${scheme}:. Link to https://, mailto: or a file of the project.`
    }
  }
}

/** Give the anchor that a heading gets. */
function anchor(heading) {
  const plain = heading.normalize('NFKD').replace(/[^\x00-\x7f]/g, '')
  return plain.replace(/[^\w\s-]/g, '').trim().toLowerCase().replace(/[-\s]+/g, '-')
}

function* headings(text, ids) {
  for (const [, signs, heading] of text.matchAll(/^(#{1,6})\s*(.*?)\s*#*$/gm)) {
    if (signs.length === 1) {
      yield 'The title of the page is its only first-level heading. Start with ##.'
    } else if (ids.has(anchor(heading))) {
      const gets = `This gets the anchor '${anchor(heading)}', which an id in the front matter has.`
      yield `${gets} Word the heading differently, or give another anchor.`
    }
  }
}

/**
 * Tell what is wrong with the text below the facts, as far as a browser can see.
 *
 * @param {string} body - Markdown
 * @param {object} characters - what is said of each that hides
 * @param {Set<string>} ids - of parts of the entry
 * @returns {string[]} sentences
 */
export function ofBody(body, characters, ids) {
  const told = [...hidden(body, characters)]
  const whole = without(body, characters)
  if (BRACES.test(whole)) {
    told.push(NO_BRACES)
  }
  const lines = whole.split('\n').filter((line) => !BRACES.test(line))
  told.push(...lines.flatMap((line) => [...line.matchAll(new RegExp(MARK, 'gi'))]).map(([, said]) => blank(said)))
  const text = lines.join('\n').replace(CODE, '')
  return [...new Set([...told, ...html(text), ...links(text), ...headings(text, ids)])]
}
