/**
 * The text of a notice: from a template and answers to paragraphs. Knows nothing of the page.
 *
 * `src/dpup/clauses.py` follows the same rule for paper. `tests/notice-cases.json` and a
 * comparison of all our templates hold the two together.
 *
 * @typedef {{kind: string, blank: string, clause: string, applies: boolean, table: string}} Field
 * @typedef {{heading: string, text: string, fields: string[]}} Block
 * @typedef {{fields: Object<string, Field>}} Template
 * @typedef {{text: string, blank: boolean, field: string}} Word - a stretch; `field` is empty for
 *   the template's own words
 * @typedef {{fields: string[], words: Word[]}} Sentence - with the fields that it comes from
 * @typedef {{key: string, heading: string, sentences: Sentence[]}} Paragraph
 */
import {endsItself, said, tidy} from './notice-words.js'

const SLOT = /\{([^{}]*)\}/
const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/**
 * Lay out a notice with what is known; what is not stays a visible blank.
 *
 * @param {Template} template - the fields by name
 * @param {{blocks: Block[]}} variant - one of its notices
 * @param {Object<string, string|string[]>} values - answers by name; for a column those of its rows
 * @returns {Paragraph[]} in order; `key` tells the same paragraph again after a change
 */
export function paragraphs(template, variant, values) {
  const known = new Map(Object.entries(template.fields))
  const given = new Map(Object.entries(values))
  const single = singles(known, given)
  const tables = new Set([...known.values()].map((field) => field.table).filter(Boolean))
  const filled = single.size > 0 || [...tables].some((table) => rows(known, given, table).length)
  return together(known, variant.blocks).flatMap(({table, blocks}) => {
    const found = rows(known, given, table)
    return (found.length ? found : [new Map()]).flatMap((row, number) =>
      layOut(known, blocks, new Map([...single, ...row]), filled, number)
    )
  })
}

/** Blocks that stand together and name columns of the same table come once for each row. */
function together(known, blocks) {
  const groups = []
  blocks.forEach((block, number) => {
    const table = tableOf(known, block)
    if (!groups.length || groups.at(-1).table !== table) {
      groups.push({table, blocks: []})
    }
    groups.at(-1).blocks.push({...block, number})
  })
  return groups
}

function tableOf(known, block) {
  const names = clausesOf(known, block).flatMap(({clause}) => named(clause))
  return names.map((name) => known.get(name)?.table).find(Boolean) ?? ''
}

function layOut(known, blocks, values, filled, row) {
  const out = []
  for (const block of blocks) {
    const due = clausesOf(known, block).filter(({clause}) => isDue(known, clause, values, filled))
    const sentences = due.map(({clause, field}) => ({
      fields: [...new Set([...(field ? [field] : []), ...named(clause)])],
      words: wordsOf(known, clause, values)
    }))
    if (sentences.some(({words}) => words.length) || sentences.length > 1) {
      out.push({key: `${block.number}/${row}`, heading: block.heading, sentences})
    }
  }
  return out
}

/** The sentences of a block: its own text, then the clauses of its fields. */
function clausesOf(known, block) {
  const own = block.text ? [{clause: block.text, field: ''}] : []
  const theirs = block.fields.map((field) => ({clause: known.get(field)?.clause, field}))
  return [...own, ...theirs.filter(({clause}) => clause)]
}

/**
 * In a notice that is filled in, a sentence drops out when it names a field that is needed in
 * some cases only and was left empty. In an empty one all of them stand.
 */
function isDue(known, clause, values, filled) {
  const empty = named(clause).filter((name) => known.has(name) && !values.has(name))
  return !filled || !empty.some((name) => known.get(name).applies)
}

/** Split a clause into words and names of fields; braces that hold no name stay words. */
function spans(clause) {
  return clause
    .split(SLOT)
    .map((part, number) => {
      const isField = number % 2 === 1
      return isField && !NAME.test(part) ? {text: `{${part}}`, isField: false} : {text: part, isField}
    })
    .filter(({text}) => text)
}

function named(clause) {
  return spans(clause)
    .filter(({isField}) => isField)
    .map(({text}) => text)
}

function wordsOf(known, clause, values) {
  const words = []
  let ended = false
  let before = ''
  for (const {text, isField} of spans(clause)) {
    if (isField) {
      const word = wordOf(known, text, values, before)
      ended = !word.blank && endsItself(word.text)
      words.push(word)
      continue
    }
    before = text
    // An answer that ends a sentence itself takes no second full stop.
    const own = ended && text.startsWith('.') ? text.slice(1) : text
    ended = false
    if (own) {
      words.push({text: own, blank: false, field: ''})
    }
  }
  return words
}

function wordOf(known, name, values, before) {
  const field = known.get(name)
  if (values.has(name)) {
    return {text: said(field?.kind ?? 'line', values.get(name), before), blank: false, field: name}
  }
  return {text: field?.blank || name, blank: true, field: name}
}

/** Answers that are no columns and not empty. */
function singles(known, given) {
  const whole = [...given]
    .filter(([name]) => !known.get(name)?.table)
    .map(([name, value]) => [name, tidy(typeof value === 'string' ? value : value.join('\n'))])
  return new Map(whole.filter(([, text]) => text))
}

/** The rows of a table that are not empty, each with its cells that are not. */
function rows(known, given, table) {
  const cells = [...given]
    .filter(([name]) => table && known.get(name)?.table === table)
    .map(([name, value]) => [name, typeof value === 'string' ? [value] : value])
  const length = Math.max(0, ...cells.map(([, cell]) => cell.length))
  return Array.from({length}, (_, row) => {
    const texts = cells.map(([name, cell]) => [name, tidy(cell[row] ?? '')])
    return new Map(texts.filter(([, text]) => text))
  }).filter((row) => row.size)
}

/**
 * Give the words that the clause of a field becomes; with all gaps while it would drop out.
 *
 * @param {Template} template - the fields by name
 * @param {string} name - of the field
 * @param {Object<string, string|string[]>} values - answers by name
 * @returns {Word[]} in order
 */
export function becomes(template, name, values) {
  const variant = {blocks: [{heading: '', text: template.fields[name].clause, fields: []}]}
  const shown = paragraphs(template, variant, values)
  const all = shown.length ? shown : paragraphs(template, variant, {})
  return wordsIn({sentences: all.flatMap(({sentences}) => sentences)})
}

/**
 * Count the gaps of a notice.
 *
 * @param {Paragraph[]} shown - the notice
 * @returns {number} how often a blank stands in it
 */
export function gaps(shown) {
  return flat(shown).filter(({blank}) => blank).length
}

/** All words of a notice in order, with the spaces between sentences left out. */
function flat(shown) {
  return shown.flatMap(({sentences}) => sentences.flatMap(({words}) => words))
}

/**
 * Give the words of a paragraph, with a space between two sentences.
 *
 * @param {Paragraph} paragraph - one of a notice
 * @returns {Word[]} in order
 */
export function wordsIn(paragraph) {
  const space = {text: ' ', blank: false, field: ''}
  return paragraph.sentences.flatMap(({words}, number) => (number ? [space, ...words] : words))
}

/**
 * Name the fields that a notice uses.
 *
 * @param {Template} template - the fields by name
 * @param {{blocks: Block[]}} variant - one of its notices
 * @returns {Set<string>} their names
 */
export function used(template, variant) {
  const known = new Map(Object.entries(template.fields))
  const listed = variant.blocks.flatMap((block) => block.fields)
  const clauses = variant.blocks.flatMap((block) => clausesOf(known, block))
  return new Set([...listed, ...clauses.flatMap(({clause}) => named(clause))])
}
