/**
 * The notices at the end of a Word form of a template: said anew with what was filled in.
 *
 * Who asks for it gives the words, since the rule by which answers become a notice is not here.
 * A bookmark of the form holds each notice: its heading, a line on its use, then its text.
 *
 * @typedef {{text: string, blank: boolean}} Word - a stretch; blank where something is missing
 * @typedef {{heading: string, words: Word[]}} Paragraph
 * @typedef {{id: string, paragraphs: Paragraph[]}} Notice - by the id of its variant
 */
import {element} from './filled-package.js'
import {sound} from './answers-shape.js'
import {W} from './word-controls.js'

const KEPT = 2
const TE_REO = 'TereoMāori'
const NEVER = /(?!)/

/**
 * Put the notices into a form.
 *
 * @param {import('./filled-package.js').Package} file - the form, for its errors
 * @param {Document} tree - its main part
 * @param {Notice[]} notices - what they say now
 * @param {RegExp} [reo] - finds te reo Māori, in one group, so that it is read aloud as that
 * @throws {FilledError} when the form has no place for one of them
 */
export function fillNotices(file, tree, notices, reo = NEVER) {
  const $starts = [...tree.getElementsByTagNameNS(W, 'bookmarkStart')]
  for (const {id, paragraphs} of notices) {
    const $start = $starts.find(($one) => $one.getAttributeNS(W, 'name') === id)
    if (!$start) {
      throw file.broken(`The form has no place for the notice '${id}'.`)
    }
    const [$end, $old] = textOf($start)
    $old.forEach(($one) => $one.remove())
    $end.before(...paragraphs.flatMap((paragraph) => said(tree, paragraph, reo)))
  }
}

/** Give the end of a bookmark, and the paragraphs before it that are the text of a notice. */
function textOf($start) {
  const number = $start.getAttributeNS(W, 'id')
  const $inside = []
  let $next = $start.nextElementSibling
  while (!($next.localName === 'bookmarkEnd' && $next.getAttributeNS(W, 'id') === number)) {
    $inside.push($next)
    $next = $next.nextElementSibling
  }
  return [$next, $inside.filter(($one) => $one.localName === 'p').slice(KEPT)]
}

function said(tree, {heading, words}, reo) {
  const texts = words.map(({text, blank}) => (blank ? `[${text}]` : text))
  const $text = paragraph(tree, 'Notice', texts.join(''), reo)
  return heading ? [paragraph(tree, 'Label', heading, reo, true), $text] : [$text]
}

function paragraph(tree, style, text, reo, bold = false) {
  const make = (...given) => element(tree, W, ...given)
  // A document keeps no breaks of a line that the page would not show either.
  const parts = sound(text).replace(/[ \t\n]+/g, ' ').trim().split(reo)
  const runs = parts.map((part, number) => {
    const $looks = make('w:rPr')
    $looks.append(
      ...(number % 2 ? [make('w:rStyle', {'w:val': TE_REO})] : []),
      ...(bold ? [make('w:b'), make('w:bCs')] : [])
    )
    return make('w:r', {}, $looks, make('w:t', {'xml:space': 'preserve'}, part))
  })
  return make('w:p', {}, make('w:pPr', {}, make('w:pStyle', {'w:val': style})), ...runs)
}
