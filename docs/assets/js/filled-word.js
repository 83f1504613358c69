/**
 * Fills our blank Word forms in the browser, so that answers need not leave it.
 *
 * The file holds the same as what `dpup answers write` makes, and `dpup answers read` reads it.
 */
import {fillNotices} from './filled-notices.js'
import {changed, element} from './filled-package.js'
import {isEmpty} from './answers-shape.js'
import {BESIDE, FilledError, fitted, labelOf, soundSheet, strangersOf} from './filled-sheet.js'
import {Maker, STARTS, W, controlsOf, fill, fillDay, first, tagOf} from './word-controls.js'

export {FilledError}

const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const SPACE = 'urn:dpup:form:1'
const MAIN = 'word/document.xml'
const CURE = 'Take a fresh copy of the Word form from the site.'
const STRANGERS = 'Answers to what this version does not ask'

/**
 * Fill a blank form with answers.
 *
 * @param {ArrayBuffer} blank - our Word form, as the site offers it
 * @param {object} sheet - answers of the format `dpup-answers/1`
 * @param {{notices?: import('./filled-notices.js').Notice[], reo?: RegExp}} [more] - for a
 *   template: what its notices say with these answers; without it they keep their blanks
 * @returns {Promise<Blob>} the filled Word file
 * @throws {FilledError} when the form can't be read, or the answers are none of it
 */
export async function filledWord(blank, sheet, {notices = [], reo} = {}) {
  return changed(blank, TYPE, CURE, (file) => {
    fillFile(file, sheet)
    fillNotices(file, file.tree(MAIN), notices, reo)
  })
}

function fillFile(file, sheet) {
  const tree = file.tree(MAIN)
  const form = formOf(file)
  const controls = controlsOf(tree)
  const asked = askedBy(form, controls)
  const sound = soundSheet(sheet, form.getAttribute('entry'))
  const answers = fitted(sound.answers, asked)
  const strangers = strangersOf(answers, asked)
  const maker = new Maker(tree)
  fillTables(maker, tree, answers, asked)
  for (const [id, answer] of answers) {
    fillOne(controls, id, answer, asked.get(id))
  }
  addStrangers(file, maker, strangers)
  say(form, sound, answers, strangers)
}

/** Find what the form says of itself. */
function formOf(file) {
  const trees = file.names('customXml/item').filter((name) => name.endsWith('.xml'))
  for (const name of trees) {
    const $form = file.tree(name).documentElement
    if ($form.namespaceURI === SPACE && $form.localName === 'form') {
      return $form
    }
  }
  throw file.broken('This file does not say which form it is.')
}

/** Say what the form asks, from what it says of itself and from the controls that it has. */
function askedBy($form, controls) {
  const items = [...$form.getElementsByTagNameNS(SPACE, 'item')].map(($item) => {
    const id = $item.getAttribute('id')
    const known = {
      inTable: $item.hasAttribute('table'),
      takesNote: controls.has(tagOf(STARTS.note + id)),
      fingerprint: $item.getAttribute('fingerprint'),
    }
    return [id, known]
  })
  return new Map(items)
}

/** Fill what is asked once, and what stands beside it. */
function fillOne(controls, id, answer, ask) {
  if (!ask || ask.inTable) {
    return
  }
  for (const $control of controls.get(tagOf(id)) ?? []) {
    fill($control, answer.answer)
  }
  for (const part of BESIDE) {
    for (const $control of controls.get(tagOf(STARTS[part] + id)) ?? []) {
      part === 'due' ? fillDay($control, answer.due) : fill($control, answer[part])
    }
  }
}

/** Fill the tables with a row for each case; one row more than there are answers stays empty. */
function fillTables(maker, tree, answers, asked) {
  const columns = new Map(
    [...asked].filter(([, ask]) => ask.inTable).map(([id]) => [tagOf(id), answers.get(id)?.rows])
  )
  for (const $table of tree.getElementsByTagNameNS(W, 'tbl')) {
    const $rows = [...$table.children].filter(($row) =>
      [...controlsOf($row).keys()].some((tag) => columns.has(tag))
    )
    if ($rows.length) {
      const tags = [...controlsOf($rows[0]).keys()]
      const longest = Math.max(...tags.map((tag) => columns.get(tag)?.length ?? 0))
      grow(maker, $rows, longest + 1)
      $rows.forEach(($row, number) => fillRow($row, columns, number))
    }
  }
}

/** Copy the last row, which is empty, until there are enough. */
function grow(maker, $rows, count) {
  while ($rows.length < count) {
    const $copy = $rows.at(-1).cloneNode(true)
    maker.renumber($copy)
    $rows.at(-1).after($copy)
    $rows.push($copy)
  }
}

function fillRow($row, columns, number) {
  for (const [tag, [$control]] of controlsOf($row)) {
    fill($control, columns.get(tag)?.[number] ?? '')
  }
}

/** Put what the form has no place for at its end. */
function addStrangers(file, maker, strangers) {
  if (!strangers.size) {
    return
  }
  const tree = file.tree(MAIN)
  const $body = first(tree, 'body')
  const $last = $body.lastElementChild
  const $end = $last?.localName === 'sectPr' ? $last : null
  const put = (style, ...inside) => $body.insertBefore(paragraph(tree, style, ...inside), $end)
  put('Heading1', words(tree, STRANGERS))
  for (const [id, answer] of strangers) {
    put('Label', words(tree, labelOf(id, answer)))
    const texts = answer.rows.length ? answer.rows : [answer.answer].filter(Boolean)
    for (const text of texts) {
      put('BodyText', maker.words(id, id, text))
    }
    put('BodyText', maker.words(STARTS.note + id, 'Notes', answer.note))
    put('Beside', ...beside(tree, maker, id, answer))
  }
}

function beside(tree, maker, id, answer) {
  return [
    words(tree, 'Who: '),
    maker.words(STARTS.owner + id, 'Who', answer.owner, 'Name'),
    words(tree, ' · By\u00a0when:\u00a0'),
    maker.day(STARTS.due + id, 'By\u00a0when', answer.due, 'Date'),
  ]
}

function paragraph(tree, style, ...inside) {
  const $look = element(tree, W, 'w:pPr', {}, element(tree, W, 'w:pStyle', {'w:val': style}))
  return element(tree, W, 'w:p', {}, $look, ...inside)
}

function words(tree, text) {
  const $text = element(tree, W, 'w:t', {'xml:space': 'preserve'}, text)
  return element(tree, W, 'w:r', {}, $text)
}

/**
 * Let the file say its name, and which version and which wordings were answered. An answer to
 * older words keeps them and their fingerprint: filling in must not hide a change.
 */
function say($form, {version, name}, answers, strangers) {
  for (const [part, text] of Object.entries({version, name})) {
    if (text) {
      $form.setAttribute(part, text)
    }
  }
  const $items = [...$form.getElementsByTagNameNS(SPACE, 'item')]
  const known = new Map($items.map(($item) => [$item.getAttribute('id'), $item]))
  for (const [id, answer] of answers) {
    if (!isEmpty(answer)) {
      const $item = known.get(id) ?? $form.appendChild(itemOf($form, id))
      $item.setAttribute('fingerprint', answer.fingerprint)
      $item.textContent = answer.asked
      if (strangers.get(id)?.rows.length) {
        $item.setAttribute('table', 'yes')
      }
    }
  }
}

function itemOf($form, id) {
  const $item = element($form.ownerDocument, SPACE, 'd:item')
  $item.setAttribute('id', id)
  $item.setAttribute('tag', tagOf(id))
  return $item
}
