/** Content controls of Word (ISO 29500-1, 17.5.2), filled and made as `controls.py` makes them. */
import {isDay, spokenDay} from './days.js'
import {element} from './filled-package.js'
import {sha256} from './sha256.js'

export const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const W14 = 'http://schemas.microsoft.com/office/word/2010/wordml'
// Word takes no more characters in a tag.
const LONGEST = 64
const DONE = 'done'
const CHOICES = [
  ['Choose an answer', ''],
  ['Done', DONE],
]

/** How the tag of each part that stands beside an answer starts. */
export const STARTS = {note: 'note:', owner: 'owner:', due: 'due:'}

/**
 * Give the tag for an id: the id, or where it is too long for Word its start and a hash.
 *
 * @param {string} id - perhaps with one of the starts above
 * @returns {string} at most 64 characters
 */
export function tagOf(id) {
  const signs = [...id]
  if (signs.length <= LONGEST) {
    return id
  }
  return `${signs.slice(0, LONGEST - 13).join('')}~${sha256(id).slice(0, 12)}`
}

/**
 * Find an element below another by its name in the namespace of Word.
 *
 * @returns {Element|undefined} the first
 */
export function first($root, name) {
  return $root.getElementsByTagNameNS(W, name)[0]
}

/** Give the child of that name. */
function child($root, name) {
  return [...$root.children].find(($child) => $child.localName === name)
}

/**
 * Map each tag to its controls, in the order of the document.
 *
 * @param {Document|Element} $root - where to look
 * @returns {Map<string, Element[]>} controls by tag
 */
export function controlsOf($root) {
  const found = new Map()
  for (const $control of $root.getElementsByTagNameNS(W, 'sdt')) {
    const $properties = child($control, 'sdtPr')
    const tag = $properties && child($properties, 'tag')?.getAttributeNS(W, 'val')
    if (tag) {
      found.set(tag, [...(found.get(tag) ?? []), $control])
    }
  }
  return found
}

/**
 * Tick, choose or write; an empty value leaves the control as it is.
 *
 * @param {Element} $control - of the form
 * @param {string} value - the value of a choice, or words
 */
export function fill($control, value) {
  if (!value) {
    return
  }
  const $properties = child($control, 'sdtPr')
  const $box = $properties.getElementsByTagNameNS(W14, 'checkbox')[0]
  if ($box && value === DONE) {
    $box.getElementsByTagNameNS(W14, 'checked')[0].setAttributeNS(W14, 'w14:val', '1')
    first(child($control, 'sdtContent'), 't').textContent = '☒'
    return
  }
  if ($box) {
    // A box holds no other answer: it becomes a list, which does.
    $box.replaceWith(list($control.ownerDocument))
  }
  write($control, shown($properties, value))
}

/** Give the words that a control shows for a value. */
function shown($properties, value) {
  const $items = [...$properties.getElementsByTagNameNS(W, 'listItem')]
  const $item = $items.find(($one) => $one.getAttributeNS(W, 'value') === value)
  return $item ? $item.getAttributeNS(W, 'displayText') : value
}

/**
 * Write a day: shown as people write it, and kept for programs.
 *
 * @param {Element} $control - of the form
 * @param {string} value - an ISO date, or other words
 */
export function fillDay($control, value) {
  if (isDay(value)) {
    const $date = child(child($control, 'sdtPr'), 'date')
    $date?.setAttributeNS(W, 'w:fullDate', `${value}T00:00:00Z`)
  }
  fill($control, spokenDay(value))
}

/** Put words in the place of what a control shows. */
function write($control, text) {
  const tree = $control.ownerDocument
  child(child($control, 'sdtPr'), 'showingPlcHdr')?.remove()
  child($control, 'sdtContent').replaceChildren(
    ...text.split('\n').map((line, number) => run(tree, line, number > 0))
  )
}

/** Write a line as a run; breaks and tabs are elements of their own in Word. */
function run(tree, line, brake) {
  const $run = element(tree, W, 'w:r')
  if (brake) {
    $run.append(element(tree, W, 'w:br'))
  }
  line.split('\t').forEach((part, number) => {
    if (number > 0) {
      $run.append(element(tree, W, 'w:tab'))
    }
    $run.append(element(tree, W, 'w:t', {'xml:space': 'preserve'}, part))
  })
  return $run
}

function list(tree) {
  const items = CHOICES.map(([text, value]) =>
    element(tree, W, 'w:listItem', {'w:displayText': text, 'w:value': value})
  )
  return element(tree, W, 'w:dropDownList', {}, ...items)
}

/** Makes controls, each with a number that no other of the document has. */
export class Maker {
  /** @param {Document} tree - of the document */
  constructor(tree) {
    this.tree = tree
    const numbers = [...tree.getElementsByTagNameNS(W, 'sdt')].map(($one) => numberOf($one))
    this.last = Math.max(0, ...numbers.filter(Number.isFinite))
  }

  /** Give every control of a copied row a number of its own. */
  renumber($row) {
    for (const $control of $row.getElementsByTagNameNS(W, 'sdt')) {
      this.last += 1
      idOf($control)?.setAttributeNS(W, 'w:val', String(this.last))
    }
  }

  /** Make a place to write. */
  words(id, name, value, hint = 'Write here') {
    const $control = this.control(id, name, hint, {'w:multiLine': '1'}, 'w:text')
    fill($control, value)
    return $control
  }

  /** Make a place for a day. */
  day(id, name, value, hint) {
    const $control = this.control(id, name, hint, {}, 'w:date')
    const parts = {dateFormat: 'd MMMM yyyy', lid: 'en-NZ'}
    const more = {storeMappedDataAs: 'dateTime', calendar: 'gregorian'}
    const inside = Object.entries({...parts, ...more})
    child(child($control, 'sdtPr'), 'date').append(
      ...inside.map(([part, val]) => element(this.tree, W, `w:${part}`, {'w:val': val}))
    )
    fillDay($control, value)
    return $control
  }

  control(id, name, hint, attributes, kind) {
    const make = (...given) => element(this.tree, W, ...given)
    this.last += 1
    const $hint = make('w:r', {}, make('w:rPr', {}, make('w:rStyle', {'w:val': 'PlaceholderText'})))
    $hint.append(make('w:t', {}, hint))
    const alias = [...name].slice(0, LONGEST).join('')
    const $properties = make(
      'w:sdtPr',
      {},
      make('w:alias', {'w:val': alias}),
      make('w:tag', {'w:val': tagOf(id)}),
      make('w:id', {'w:val': String(this.last)}),
      make('w:showingPlcHdr'),
      make(kind, attributes)
    )
    return make('w:sdt', {}, $properties, make('w:sdtContent', {}, $hint))
  }
}

function idOf($control) {
  return child(child($control, 'sdtPr') ?? $control, 'id')
}

function numberOf($control) {
  return Number(idOf($control)?.getAttributeNS(W, 'val') ?? NaN)
}
