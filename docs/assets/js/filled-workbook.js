/**
 * Fills our blank workbooks in the browser, so that answers need not leave it.
 *
 * The file holds the same as what `dpup answers write` makes, and `dpup answers read` reads it.
 */
import {changed} from './filled-package.js'
import {isEmpty} from './answers-shape.js'
import {isDay} from './days.js'
import {FilledError, fitted, soundSheet, strangersOf} from './filled-sheet.js'
import {Page, Styles, Texts, all, escaped} from './workbook-cells.js'
import {addSheet} from './workbook-sheets.js'

export {FilledError}

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const CURE = 'Take a fresh copy of the Excel form from the site.'
const PROPERTIES = 'docProps/custom.xml'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
/** The column of each part that stands beside an answer. */
const BESIDE = {note: 'Notes', owner: 'Who', due: 'By when'}
const STRANGERS = 'Not asked any more'
const STRANGE = ['Asked', 'Answer', ...Object.values(BESIDE), 'Id', 'Kind', 'Fingerprint']
/** The kind of an answer that is a row of a table which the form has no more. */
const ROW = 'row'
const YES = {yes: 'Yes', no: 'No'}
const LABELS = {
  tick: {done: 'Done'},
  'yes-no': YES,
  'yes-no-na': {...YES, 'not-applicable': 'Not applicable'},
}
/** The rows above the first row of a table to fill in; ids, kinds and fingerprints are hidden. */
const TABLE_HEAD = 5
const [IDS, KINDS, FINGERPRINTS] = [1, 2, 3]
// Excel knows no day before 1900, and a 29 February of that year which never was.
const NO_DAYS = '1901'

/**
 * Fill a blank form with answers.
 *
 * @param {ArrayBuffer} blank - our workbook, as the site offers it
 * @param {object} sheet - answers of the format `dpup-answers/1`
 * @returns {Promise<Blob>} the filled workbook
 * @throws {FilledError} when the form can't be read, or the answers are none of it
 */
export async function filledWorkbook(blank, sheet) {
  return changed(blank, TYPE, CURE, (file) => fillFile(file, sheet))
}

function fillFile(file, sheet) {
  const properties = propertiesOf(file)
  const entry = properties.get('dpup-entry')?.textContent
  if (!entry) {
    throw file.broken('This workbook does not say which form it is.')
  }
  const styles = new Styles(file.tree('xl/styles.xml'))
  const texts = new Texts(file.tree('xl/sharedStrings.xml'))
  const pages = pagesOf(file, texts, styles)
  const places = new Map(pages.flatMap((page) => [...placesOn(page, entry)]))
  if (!places.size) {
    throw file.broken('This workbook holds no form.')
  }
  const sound = soundSheet(sheet, entry)
  const answers = fitted(sound.answers, places)
  for (const [id, answer] of answers) {
    places.get(id)?.fill(answer)
  }
  const strangers = strangersOf(answers, places)
  if (strangers.size) {
    addStrangers(file, pages[0], strangers)
  }
  for (const part of ['version', 'name']) {
    if (sound[part] && properties.has(`dpup-${part}`)) {
      properties.get(`dpup-${part}`).textContent = escaped(sound[part])
    }
  }
}

/** Map the properties by which the file is known to the elements of their values. */
function propertiesOf(file) {
  if (!file.files.has(PROPERTIES)) {
    return new Map()
  }
  const $properties = [...file.tree(PROPERTIES).documentElement.children]
  return new Map(
    $properties.map(($one) => [$one.getAttribute('name'), $one.firstElementChild ?? undefined])
  )
}

/** Give the sheets of the workbook in order. */
function pagesOf(file, texts, styles) {
  const relations = [...file.tree('xl/_rels/workbook.xml.rels').documentElement.children]
  const targets = new Map(
    relations.map(($one) => [$one.getAttribute('Id'), $one.getAttribute('Target')])
  )
  return all(file.tree('xl/workbook.xml'), 'sheet').map(($sheet) => {
    const target = targets.get($sheet.getAttributeNS(RELATIONS, 'id'))
    return new Page(file.tree(`xl/${target}`), texts, styles)
  })
}

/** Give the place of each answer on a sheet: a list of questions, or a table to fill in. */
function placesOn(page, entry) {
  const head = headOf(page)
  if (head !== undefined) {
    return questionsOn(page, head)
  }
  const ids = page.texts(IDS)
  const isTable = page.rows.size > TABLE_HEAD
  const ours = [...ids.values()].some((id) => id.startsWith(`${entry}.`))
  return isTable && ours ? columnsOn(page, ids) : new Map()
}

/** Find the row that names the columns of a list of questions. */
function headOf(page) {
  return [...page.rows.keys()].find((row) => {
    const names = [...page.texts(row).values()]
    return names.includes('Id') && names.includes('Fingerprint')
  })
}

function questionsOn(page, head) {
  const columns = new Map([...page.texts(head)].map(([column, name]) => [name, column]))
  // A form whose columns for names are hidden takes no notes either.
  const takesNote = page.widths().has(columns.get(BESIDE.owner))
  const found = new Map()
  for (const row of page.rows.keys()) {
    const id = row > head && page.texts(row).get(columns.get('Id'))
    if (id) {
      const fill = (answer) => fillQuestion(page, row, columns, takesNote, answer)
      found.set(id, {inTable: false, takesNote, fill})
    }
  }
  return found
}

function fillQuestion(page, row, columns, takesNote, answer) {
  const kind = page.texts(row).get(columns.get('Kind'))
  page.write(row, columns.get('Answer'), label(kind, answer.answer))
  if (takesNote) {
    page.write(row, columns.get(BESIDE.note), answer.note)
    page.write(row, columns.get(BESIDE.owner), answer.owner)
    writeDay(page, row, columns.get(BESIDE.due), answer.due)
  }
  if (!isEmpty(answer)) {
    page.write(row, columns.get('Fingerprint'), answer.fingerprint)
    page.write(row, columns.get('Asked'), answer.asked)
  }
  page.heighten(row)
}

function writeDay(page, row, column, day) {
  if (isDay(day) && day >= NO_DAYS) {
    page.writeDay(row, column, day)
  } else {
    page.write(row, column, day)
  }
}

function label(kind, value) {
  return LABELS[kind]?.[value] ?? value
}

function columnsOn(page, ids) {
  const found = new Map()
  for (const [column, id] of ids) {
    if (id) {
      const fill = (answer) => fillColumn(page, column, answer)
      found.set(id, {inTable: true, takesNote: false, fill})
    }
  }
  return found
}

function fillColumn(page, column, answer) {
  const kind = page.texts(KINDS).get(column)
  const first = TABLE_HEAD + 1
  const style = page.style(first, column)
  answer.rows.forEach((text, number) => {
    page.write(first + number, column, label(kind, text), style)
  })
  if (!isEmpty(answer)) {
    page.write(FINGERPRINTS, column, answer.fingerprint)
  }
}

/** Write answers to what the form does not ask: they have to stay in the file. */
function addStrangers(file, first, strangers) {
  const tree = addSheet(file, STRANGERS, first.tree, STRANGE.length)
  const page = new Page(tree, first.shared, first.styles)
  const rows = [...strangers].flatMap(([id, answer]) => strangeRows(id, answer))
  const [head, cell] = looks(first)
  STRANGE.forEach((name, column) => page.write(0, column, name, head))
  rows.forEach((row, number) => {
    row.forEach((text, column) => page.write(number + 1, column, text, cell))
  })
}

/** Give the styles of a head and of a cell: those of a list of questions, or of a table. */
function looks(page) {
  const head = headOf(page)
  return head === undefined
    ? [page.style(TABLE_HEAD, 0), page.style(TABLE_HEAD - 1, 0)]
    : [page.style(head, 0), page.style(head + 1, 0)]
}

/** Give a row for each row of an answer; what it answers and what stands beside it once. */
function strangeRows(id, answer) {
  const kind = answer.rows.length ? ROW : ''
  const texts = answer.rows.length ? answer.rows : [answer.answer]
  return texts.map((text, number) => {
    const [asked, ...beside] = ['asked', ...Object.keys(BESIDE)].map((part) => (number ? '' : answer[part]))
    return [asked, text, ...beside, id, kind, answer.fingerprint]
  })
}
