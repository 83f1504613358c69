/** What the check says of a value that does not fit: the sentences of `explain.py`. */

const SHOWN = 60
const NOTHING = 'Nothing stands here. Fill it in.'
const PATTERNS = [
  ['^https?', "'{given}' is not a web address. Start it with https:// and leave no spaces or quotation marks."],
  ['^\\S[^\\n]', 'This has to be one line without spaces at its ends. Join the lines, or use a folded text (>-).'],
]
const IDS = '^[a-z0-9]+'

export const short = (text) => ([...text].length > SHOWN ? `${[...text].slice(0, SHOWN).join('')}…` : text)

/** The longest run that two texts share, the first of them where there are several. */
function longest(a, b) {
  let best = [0, 0, 0]
  let before = []
  for (let i = 0; i < a.length; i += 1) {
    const row = []
    for (let j = 0; j < b.length; j += 1) {
      if (a[i] === b[j]) {
        row[j] = (before[j - 1] ?? 0) + 1
        best = row[j] > best[2] ? [i - row[j] + 1, j - row[j] + 1, row[j]] : best
      }
    }
    before = row
  }
  return best
}

function shared(a, b) {
  const [i, j, size] = a && b ? longest(a, b) : [0, 0, 0]
  return size
    ? size + shared(a.slice(0, i), b.slice(0, j)) + shared(a.slice(i + size), b.slice(j + size))
    : 0
}

/** Give the closest known word, or an empty string: the rule of Python's `difflib`. */
export function closest(word, known) {
  let best = [0.6, '']
  for (const each of [...known].sort()) {
    const total = each.length + word.length
    // No two words share more than the shorter one has.
    if ((2 * Math.min(each.length, word.length)) / total >= best[0]) {
      const score = (2 * shared(each, word)) / total
      best = score >= best[0] ? [score, each] : best
    }
  }
  return best[1]
}

export function nearest(word, known) {
  const close = closest(word, known)
  return close ? `Did you mean '${close}'?` : ''
}

function ofPattern(given, pattern) {
  if (pattern.startsWith(IDS)) {
    const hint = 'Use the letters a to z, digits and single hyphens, as in purpose-matters.'
    return `'${short(given)}' is not an id. ${hint}`
  }
  const found = PATTERNS.find(([start]) => pattern.startsWith(start))
  return found?.[1].replace('{given}', () => short(given)) ?? 'Only spaces stand here. Write something, or remove the key.'
}

function ofText(rule, text) {
  const size = [...text].length
  if (rule.minLength && size < rule.minLength) {
    return NOTHING
  }
  if (size > rule.maxLength) {
    return `This has ${size} characters; the limit is ${rule.maxLength}. Shorten it.`
  }
  if (rule.enum && !rule.enum.includes(text)) {
    const hint = nearest(short(text), rule.enum) || `Choose one of: ${rule.enum.join(', ')}.`
    return `'${short(text)}' is not one of the choices. ${hint}`
  }
  return rule.pattern && !new RegExp(rule.pattern).test(text) ? ofPattern(text, rule.pattern) : ''
}

function ofNumber(rule, given) {
  if (typeof given !== 'number') {
    return 'Here stands a text; a whole number is expected. Write a whole number without quotes.'
  }
  const low = given < rule.minimum && `at least ${rule.minimum}`
  const limit = low || (given > rule.maximum && `at most ${rule.maximum}`)
  return limit ? `${given} is out of range. Write a number that is ${limit}.` : ''
}

function ofCount(rule, list) {
  if (list.length >= (rule.minItems ?? 0)) {
    return ''
  }
  const have = `This list has ${list.length}; at least ${rule.minItems} are needed.`
  return list.length ? `${have} Add what is missing.` : NOTHING
}

/** A field with something that was told already; nothing else is said of it. */
export const SET_ASIDE = Symbol('set aside')

/**
 * Tell what does not fit its rules.
 *
 * @returns {Array<[Array, string]>} path and sentence of each problem
 */
export function unfit(rule, data, path = []) {
  if (data === SET_ASIDE) {
    return []
  }
  if (rule.keys) {
    return rule.keys.flatMap(([name, inner, needed]) => {
      if (name in data) {
        return unfit(inner, data[name], [...path, name])
      }
      const said = `The key '${name}' is missing. Add a line that starts with ${name}:`
      return needed ? [[[...path, name], said]] : []
    })
  }
  if (rule.type === 'array') {
    const inside = data.flatMap((item, index) => unfit(rule.items, item, [...path, index]))
    const said = inside.length ? '' : ofCount(rule, data)
    return said ? [[path, said]] : inside
  }
  const judge = {string: ofText, integer: ofNumber}[rule.type]
  const said = judge?.(rule, data)
  return said ? [[path, said]] : []
}
