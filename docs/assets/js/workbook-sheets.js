/** Adds a sheet to a workbook: it has to be named in five of its parts. */
import {element} from './filled-package.js'
import {S, all} from './workbook-cells.js'

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types'
const PROPERTIES = 'docProps/app.xml'
const VT = 'http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes'
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml'
const WIDTH = '40.7109375'
// The sheets that stand behind all that is to fill in.
const LAST = ['Lists', 'About']
const FROM_LIKE = ['pageMargins', 'pageSetup', 'headerFooter']

/**
 * Add a sheet behind the forms and tables.
 *
 * @param {import('./filled-package.js').Package} file - the workbook
 * @param {string} name - of the sheet
 * @param {Document} like - the sheet whose page, margins and footer it takes
 * @param {number} columns - how many columns it has
 * @returns {Document} the empty sheet
 */
export function addSheet(file, name, like, columns) {
  const number = file.names('xl/worksheets/sheet').length + 1
  const part = `xl/worksheets/sheet${number}.xml`
  file.add(part, `<worksheet xmlns="${S}" xmlns:r="${RELATIONS}"/>`)
  layOut(file.tree(part), like, columns)
  declare(file, `/${part}`)
  const place = enlist(file, name, relate(file, `worksheets/sheet${number}.xml`))
  describe(file, name, place)
  return file.tree(part)
}

function layOut(tree, like, columns) {
  const $root = tree.documentElement
  const copies = (names) => names.flatMap((name) => all(like, name).slice(0, 1).map(copy))
  const copy = ($one) => tree.importNode($one, true)
  const width = {min: '1', max: String(columns - 2), width: WIDTH, customWidth: '1'}
  $root.append(
    ...copies(['sheetPr']),
    element(tree, S, 'cols', {}, element(tree, S, 'col', width)),
    element(tree, S, 'sheetData'),
    ...copies(FROM_LIKE)
  )
}

/** Say what kind of part it is. */
function declare(file, part) {
  const tree = file.tree('[Content_Types].xml')
  const said = {PartName: part, ContentType: KIND}
  tree.documentElement.append(element(tree, TYPES, 'Override', said))
}

/** Relate the workbook to it; gives the id of the relation. */
function relate(file, target) {
  const tree = file.tree('xl/_rels/workbook.xml.rels')
  const taken = [...tree.documentElement.children].map(($one) => $one.getAttribute('Id'))
  const id = `rId${1 + Math.max(0, ...taken.map((one) => Number(one.replace(/\D/g, ''))))}`
  const said = {Id: id, Type: `${RELATIONS}/worksheet`, Target: target}
  tree.documentElement.append(element(tree, `${PACKAGE}/relationships`, 'Relationship', said))
  return id
}

/** Put it among the sheets; gives its place. */
function enlist(file, name, relation) {
  const tree = file.tree('xl/workbook.xml')
  const $sheets = all(tree, 'sheet')
  const ids = $sheets.map(($one) => Number($one.getAttribute('sheetId')))
  const found = $sheets.findIndex(($one) => LAST.includes($one.getAttribute('name')))
  const place = found < 0 ? $sheets.length : found
  const $sheet = element(tree, S, 'sheet', {name, sheetId: String(1 + Math.max(0, ...ids))})
  $sheet.setAttributeNS(RELATIONS, 'r:id', relation)
  all(tree, 'sheets')[0].insertBefore($sheet, $sheets[place] ?? null)
  shift(tree, place)
  return place
}

/** Names of areas know their sheet by its place. */
function shift(tree, place) {
  for (const $name of all(tree, 'definedName')) {
    const at = Number($name.getAttribute('localSheetId') ?? -1)
    if (at >= place) {
      $name.setAttribute('localSheetId', String(at + 1))
    }
  }
}

/** Name it in the properties of the file, which count the sheets too. */
function describe(file, name, place) {
  if (!file.files.has(PROPERTIES)) {
    return
  }
  const tree = file.tree(PROPERTIES)
  const vectors = [...tree.getElementsByTagNameNS(VT, 'vector')]
  const [$pairs, $titles] = vectors
  const $count = $pairs?.getElementsByTagNameNS(VT, 'i4')[0]
  if ($titles && $count) {
    $count.textContent = String(Number($count.textContent) + 1)
    $titles.insertBefore(element(tree, VT, 'vt:lpstr', {}, name), $titles.children[place] ?? null)
    $titles.setAttribute('size', String($titles.children.length))
  }
}
