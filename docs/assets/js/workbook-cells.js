/** Cells of a workbook (ISO 29500-1, 18.3), read and written as texts and days, never as formulas. */
import {element} from './filled-package.js'

export const S = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
// What a spreadsheet takes for the start of a formula when somebody edits the cell.
const ACTIVE = /^[=+\-@]/
const DAY = 86_400_000
const FIRST_DAY = Date.UTC(1899, 11, 30)
const LINE = 15
const TALLEST = 400

/**
 * Find elements by name in the namespace of workbooks.
 *
 * @param {Document|Element} $root - where to look
 * @param {string} name - of the elements
 * @returns {Element[]} all of them
 */
export function all($root, name) {
  return [...$root.getElementsByTagNameNS(S, name)]
}

/** Give the letters of a column by its number from 0. */
export function letters(column) {
  const more = Math.floor(column / 26)
  return (more ? letters(more - 1) : '') + String.fromCharCode(65 + (column % 26))
}

/** Give the number of a column, from 0, from the reference of a cell. */
function columnOf(reference) {
  const signs = [.../^[A-Z]+/.exec(reference)[0]]
  return signs.reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0) - 1
}

/** Styles of a workbook; texts that look like formulas get one that keeps them texts. */
export class Styles {
  /** @param {Document} tree - of the part of styles */
  constructor(tree) {
    this.$all = all(tree, 'cellXfs')[0]
    this.inertOf = new Map()
  }

  /**
   * Give the style that looks the same and marks the cell as a text.
   *
   * @param {string} number - of a style
   * @returns {string} the number of the other
   */
  inert(number) {
    if (!this.inertOf.has(number)) {
      const $copy = this.$all.children[Number(number)].cloneNode(true)
      $copy.setAttribute('quotePrefix', '1')
      this.$all.append($copy)
      const count = this.$all.children.length
      this.$all.setAttribute('count', String(count))
      this.inertOf.set(number, String(count - 1))
    }
    return this.inertOf.get(number)
  }
}

/** The texts of a workbook, which its cells name by number. */
export class Texts {
  /** @param {Document} tree - of the part of shared texts */
  constructor(tree) {
    this.tree = tree
    this.texts = all(tree, 'si').map(textWithin)
  }

  /** Give a text by its number. */
  at(number) {
    return this.texts[number] ?? ''
  }

  /** Add a text; gives its number. */
  add(text) {
    const $text = element(this.tree, S, 't', {'xml:space': 'preserve'}, escaped(text))
    this.tree.documentElement.append(element(this.tree, S, 'si', {}, $text))
    const count = this.texts.push(text)
    // How many cells use them is not counted anew; the standard lets a file not say it.
    this.tree.documentElement.removeAttribute('count')
    this.tree.documentElement.setAttribute('uniqueCount', String(count))
    return count - 1
  }
}

/** One sheet of a workbook. */
export class Page {
  /**
   * @param {Document} tree - of the sheet
   * @param {Texts} shared - the texts of the workbook
   * @param {Styles} styles - of the workbook
   */
  constructor(tree, shared, styles) {
    this.tree = tree
    this.shared = shared
    this.styles = styles
    this.$data = all(tree, 'sheetData')[0]
    this.rows = new Map(all(this.$data, 'row').map(($row) => [rowNumber($row), $row]))
  }

  /** Give the cell at a row and a column from 0, or undefined. */
  at(row, column) {
    const reference = `${letters(column)}${row + 1}`
    const $row = this.rows.get(row)
    return $row && [...$row.children].find(($cell) => $cell.getAttribute('r') === reference)
  }

  /** Give the texts of a row by their columns. */
  texts(row) {
    const $cells = [...(this.rows.get(row)?.children ?? [])]
    return new Map($cells.map(($cell) => [columnOf($cell.getAttribute('r')), this.text($cell)]))
  }

  /** Give the text of a cell. */
  text($cell) {
    const value = all($cell, 'v')[0]?.textContent ?? ''
    if ($cell.getAttribute('t') === 's') {
      return this.shared.at(Number(value))
    }
    return $cell.getAttribute('t') === 'inlineStr' ? textWithin($cell) : value
  }

  /** Give the number of the style of a cell. */
  style(row, column) {
    return this.at(row, column)?.getAttribute('s') ?? '0'
  }

  /** Write a text; an empty one leaves the cell blank. */
  write(row, column, text, style = this.style(row, column)) {
    const $cell = this.cell(row, column)
    const active = ACTIVE.test(text)
    $cell.setAttribute('s', active ? this.styles.inert(style) : style)
    if (!text) {
      $cell.removeAttribute('t')
      $cell.replaceChildren()
      return
    }
    $cell.setAttribute('t', 's')
    $cell.replaceChildren(element(this.tree, S, 'v', {}, String(this.shared.add(text))))
  }

  /** Write a day as a number of days, so that people can sort by it. */
  writeDay(row, column, day) {
    const $cell = this.cell(row, column)
    const days = (Date.parse(`${day}T00:00:00Z`) - FIRST_DAY) / DAY
    $cell.removeAttribute('t')
    $cell.replaceChildren(element(this.tree, S, 'v', {}, String(days)))
  }

  /** Give the cell at a place, made at its place in the row when there is none. */
  cell(row, column) {
    const found = this.at(row, column)
    if (found) {
      return found
    }
    const $row = this.row(row)
    const $next = [...$row.children].find(($one) => columnOf($one.getAttribute('r')) > column)
    const reference = `${letters(column)}${row + 1}`
    return $row.insertBefore(element(this.tree, S, 'c', {r: reference}), $next ?? null)
  }

  row(row) {
    if (!this.rows.has(row)) {
      const $row = element(this.tree, S, 'row', {r: String(row + 1)})
      const $next = [...this.$data.children].find(($one) => rowNumber($one) > row)
      this.$data.insertBefore($row, $next ?? null)
      this.rows.set(row, $row)
    }
    return this.rows.get(row)
  }

  /** Make a row as high as its words need, so that no program cuts them off. */
  heighten(row) {
    const widths = this.widths()
    const needed = [...this.texts(row)].map(([column, text]) => lines(text, widths.get(column)))
    const height = Math.min(TALLEST, LINE * Math.max(1, ...needed))
    const $row = this.row(row)
    $row.setAttribute('ht', String(Math.max(height, Number($row.getAttribute('ht') ?? 0))))
    $row.setAttribute('customHeight', '1')
  }

  /** Give the widths of the columns that are seen, in characters. */
  widths() {
    const found = new Map()
    for (const $column of all(this.tree, 'col').filter(($one) => !$one.hasAttribute('hidden'))) {
      const [first, last] = ['min', 'max'].map((name) => Number($column.getAttribute(name)))
      for (let column = first; column <= last; column += 1) {
        found.set(column - 1, Math.floor(Number($column.getAttribute('width'))))
      }
    }
    return found
  }
}

function rowNumber($row) {
  return Number($row.getAttribute('r')) - 1
}

function lines(text, width) {
  const needed = (line) => Math.max(1, Math.ceil(([...line].length * 1.1) / width))
  return width ? text.split('\n').reduce((sum, line) => sum + needed(line), 0) : 0
}

/** Give the words in a shared or inline text; marks of pronunciation are none. */
function textWithin($text) {
  const $parts = all($text, 't').filter(($part) => $part.parentElement.localName !== 'rPh')
  return $parts.map(($part) => unescaped($part.textContent)).join('')
}

// Workbooks write characters as _x0041_; words that look like it have to say that they don't.
export function escaped(text) {
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
}

function unescaped(text) {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(parseInt(code, 16)))
}
