/** Rules that concern more than one field or entry: those of `rules.py`, `wiring.py` and `yesno.py`. */
import {nearest} from './propose-told.js'

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)?$/

/** Yield each id that refers to something, with its path and the kind of what it names. */
function* references(data, fields, path = []) {
  for (const [name, value] of Object.entries(data)) {
    const where = [...path, Array.isArray(data) ? Number(name) : name]
    if (typeof value === 'string') {
      const kind = fields[Array.isArray(data) ? path.at(-1) : name]
      if (kind) {
        yield [where, kind, value]
      }
    } else if (value && typeof value === 'object') {
      yield* references(value, fields, where)
    }
  }
}

function article(label) {
  return 'aeiou'.includes(label[0]) ? 'an' : 'a'
}

/** Tell which references name nothing, or what is withdrawn. */
function* dangling(data, context, isSound) {
  const {fields, known, kind, id} = context
  for (const [path, of, ref] of references(data, fields)) {
    const ids = known.ids[of] ?? []
    if (of === kind && ref === id && !ids.includes(ref)) {
      if (isSound) {
        yield [path, `'${ref}' refers to itself. Remove it.`]
      }
    } else if (!ids.includes(ref)) {
      const hint = nearest(ref, ids) || `Use the id of ${article(of)} ${of} that exists.`
      const said = `No ${of} '${ref}'. ${hint}`
      yield* ID.test(ref) || isSound ? [[path, said]] : []
    } else if (known.gone[of]?.[ref]) {
      yield [path, known.gone[of][ref]]
    }
  }
}

/** Say why yes or no can't answer a question; empty when they can. */
export function yesNo(question, {verbs, openers}) {
  const text = question.trim()
  if (!text.endsWith('?')) {
    return 'This is not a question. End it with a question mark.'
  }
  const start = /[A-Za-z]+/.exec(text)?.[0].toLowerCase() ?? ''
  const clause = new RegExp(`,\\s+(?:then\\s+)?(?:${verbs.join('|')})\\b`, 'iu')
  const can = verbs.includes(start) || (openers.includes(start) && clause.test(text))
  return can ? '' : "Yes or no can't answer this question. Start with a verb, as in: Have we written down why?"
}

function* meanings({answers, meanings: said}) {
  if (answers !== 'tick' && !said) {
    yield [['answers'], 'Nobody says what an answer means. Add meanings: with if_yes: and if_no:, or set answers: tick.']
  }
  if (answers === 'yes-no-na' && said && !('if_not_applicable' in said)) {
    const hint = 'Add if_not_applicable: below meanings:, or set answers: yes-no.'
    yield [['meanings'], `Nobody says what 'not applicable' means. ${hint}`]
  }
  if (answers === 'tick' && said) {
    yield [['meanings'], 'Items that are only ticked have no answers. Remove it.']
  }
}

function* item(it, path, words) {
  const isOwn = 'question' in it
  if (isOwn === 'from' in it) {
    const said = isOwn ? 'This item is several things.' : 'This item is empty.'
    yield [path, `${said} Give it either from, or select, or id and question.`]
  } else if (!isOwn && it.supports) {
    const hint = 'Remove it; the practice stands behind the item already.'
    yield [[...path, 'supports'], `Only a question of its own supports. ${hint}`]
  } else if (isOwn) {
    if (!it.supports?.length) {
      yield [path, "A question of its own needs 'supports'. Add a line that starts with supports:"]
    }
    const fault = yesNo(it.question, words)
    yield* fault ? [[[...path, 'question'], fault]] : []
  }
}

// Only the finished file has lines; the number of the first item goes with the problem.
const LINE = 0

/** Nobody answers the same thing twice. */
function* repeats(items) {
  const seen = new Map()
  for (const [index, [path, it]] of items.entries()) {
    const key = it.from ?? it.question?.toLowerCase().split(/\s+/u).filter(Boolean).join(' ')
    if (seen.has(key)) {
      const shown = it.from ? `'${it.from}'` : 'This question'
      const hint = it.from ? 'Remove one, or leave it out of the selection with without: [id].' : 'Remove one.'
      yield [path, `${shown} is an item already, in line ${LINE}. ${hint}`, {first: seen.get(key)}]
    } else if (key) {
      seen.set(key, index)
    }
  }
}

function* checklist(data, words) {
  yield* meanings(data)
  const items = data.sections.flatMap((section, i) => section.items.map((it, n) => [['sections', i, 'items', n], it]))
  for (const [path, it] of items) {
    yield* item(it, path, words)
  }
  yield* repeats(items)
}

/**
 * Tell what is wrong across fields and entries.
 *
 * @param {object} data - of the entry
 * @param {object} context - `fields`, `known`, `yesno`, `kind` and `id`
 * @param {boolean} isSound - whether each field fits its own rules
 * @returns {Array} path and sentence of each problem; of a repeated item, the number of the first
 */
export function broken(data, context, isSound) {
  const found = [...dangling(data, context, isSound)]
  return isSound && context.kind === 'checklist' ? [...found, ...checklist(data, context.yesno)] : found
}
