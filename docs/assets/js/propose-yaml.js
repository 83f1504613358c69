/** Plain data of an entry to the text of its file, which reads back as the same data. */

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)?$/
const DAY = /^\d{4}-\d\d-\d\d$/
const DAYS = new Set(['reviewed', 'review_by', 'date'])
// Only what can't be taken for anything else goes without quotes.
const PLAIN = /^\p{L}[\p{L}\p{N} ,.'’‘“”!?()/;%+_–…-]*$/u
const LINK = /^https?:\/\/[^\s#'"]+$/
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null)$/i
const FOLDS = /^\S+(?: \S+)+$/u
const UNSEEN = /[\x7f-\x9f\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Zs}\p{Cn}]/u
const WIDTH = 100

/** Write a text so that it can become nothing but this text. */
function scalar(text) {
  const isPlain = PLAIN.test(text) && !text.endsWith(' ') && !WORDS.test(text)
  return isPlain || LINK.test(text) ? text : quoted(text)
}

function quoted(text) {
  // JSON leaves some characters as they are that YAML takes for ends of lines, or refuses.
  return JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufeff]/g, escaped)
}

function escaped(char) {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Break a long text between words. */
function wrapped(text, width) {
  const out = ['']
  for (const word of text.split(' ')) {
    const longer = out.at(-1) ? `${out.at(-1)} ${word}` : word
    if (longer.length > width && out.at(-1)) {
      out.push(word)
    } else {
      out[out.length - 1] = longer
    }
  }
  return out
}

function isLong(text) {
  return text.length > WIDTH - 20 && FOLDS.test(text) && !UNSEEN.test(text.replaceAll(' ', ''))
}

/** Write a value behind its key or dash: the rest of that line, and the lines below it. */
function value(name, data, rule, depth) {
  const indent = ' '.repeat(depth)
  if (typeof data === 'string') {
    if (isLong(data) && !/^\d/.test(data)) {
      return [' >-', ...wrapped(data, WIDTH - depth - 2).map((line) => `${indent}${line}`)]
    }
    return [` ${DAYS.has(name) && DAY.test(data) ? data : scalar(data)}`]
  }
  if (Array.isArray(data)) {
    return data.every((item) => typeof item === 'string' && ID.test(item))
      ? [` [${data.map(scalar).join(', ')}]`]
      : ['', ...data.flatMap((item) => dashed(item, rule?.items, depth))]
  }
  return typeof data === 'object' ? ['', ...map(data, rule, depth)] : [` ${data}`]
}

function dashed(item, rule, depth) {
  const indent = ' '.repeat(depth)
  if (typeof item === 'string') {
    const [first, ...rest] = value('', item, rule, depth + 2)
    return [`${indent}-${first}`, ...rest]
  }
  const [first, ...rest] = map(item, rule, depth + 2)
  return [`${indent}- ${first.trimStart()}`, ...rest]
}

/** Write the keys of a map, in the order of their rules. */
function map(data, rule, depth) {
  const order = (rule?.keys ?? []).map(([name, inner]) => [name, inner])
  return order
    .filter(([name]) => name in data)
    .flatMap(([name, inner]) => {
      const [first, ...rest] = value(name, data[name], inner, depth + 2)
      return [`${' '.repeat(depth)}${name}:${first}`, ...rest]
    })
}

/**
 * Write a Markdown file: facts between two lines of dashes, and the text below.
 *
 * @param {object} data - of the entry
 * @param {object} shape - its rules
 * @param {string} body - Markdown
 */
export function documentText(data, shape, body) {
  const text = body.replace(/^\n+|\n+$/g, '')
  return `---\n${map(data, shape, 0).join('\n')}\n---\n${text ? `\n${text}\n` : ''}`
}

/** Write one item of a list of entries, as far in as the others. */
export function itemText(data, shape, indent) {
  return `${dashed(data, shape, indent.length).join('\n')}\n`
}
