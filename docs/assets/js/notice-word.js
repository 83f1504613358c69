/**
 * A notice as a small Word file: headings, paragraphs, gaps that can be seen. Made in the browser,
 * so that nothing has to be sent anywhere.
 *
 * Source of the format: ECMA-376, WordprocessingML; only what such a text needs.
 */
import {sound} from './answers-shape.js'
import {wordsIn} from './notice-text.js'
import {writeZip} from './zip.js'

const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006'
const PARTS = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
/** Size of the text in half points, by the form of the notice. */
const SIZES = {poster: 48, handout: 30, card: 26}
const PLAIN = 22

/**
 * Make the Word file of a notice.
 *
 * @param {{shown: import('./notice-text.js').Paragraph[], variant: {title: string, form: string},
 *   reo: RegExp}} notice - the notice, and what finds te reo Māori in it
 * @returns {Promise<Blob>} the file
 */
export function noticeWord({shown, variant, reo}) {
  const body = shown.map((paragraph) => inWord(paragraph, reo)).join('')
  const files = {
    '[Content_Types].xml': types(),
    '_rels/.rels': relations([
      ['officeDocument', `${OFFICE}/relationships/officeDocument`, 'word/document.xml'],
      ['core', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml']
    ]),
    'docProps/core.xml': core(variant.title),
    'word/_rels/document.xml.rels': relations([
      ['styles', `${OFFICE}/relationships/styles`, 'styles.xml']
    ]),
    'word/styles.xml': styles(variant.form),
    'word/document.xml': `${HEAD}<w:document ${W}><w:body>${body}${PAGE}</w:body></w:document>`
  }
  const bytes = Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)])
  return writeZip(new Map(bytes), TYPE)
}

const PAGE =
  '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>' +
  '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'

function inWord(paragraph, reo) {
  const heading = paragraph.heading
    ? `<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr>${runs(paragraph.heading, false, reo)}</w:p>`
    : ''
  const words = wordsIn(paragraph).map(({text, blank}) =>
    runs(blank ? `[${text}]` : text, blank, reo)
  )
  return `${heading}<w:p>${words.join('')}</w:p>`
}

/** Runs of one text; te reo Māori says so, for whoever reads it aloud. */
function runs(text, blank, reo) {
  return text.split(reo).map((part, number) => {
    const language = number % 2 ? '<w:lang w:val="mi-NZ"/>' : ''
    const gap = blank ? '<w:highlight w:val="yellow"/>' : ''
    const looks = gap || language ? `<w:rPr>${gap}${language}</w:rPr>` : ''
    return part ? `<w:r>${looks}<w:t xml:space="preserve">${escaped(part)}</w:t></w:r>` : ''
  }).join('')
}

function escaped(text) {
  const marks = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'}
  return sound(text).replace(/[&<>"]/g, (mark) => marks[mark])
}

function types() {
  const parts = {
    '/word/document.xml': `${PARTS}.document.main+xml`,
    '/word/styles.xml': `${PARTS}.styles+xml`,
    '/docProps/core.xml': 'application/vnd.openxmlformats-package.core-properties+xml'
  }
  const named = Object.entries(parts).map(([name, type]) =>
    `<Override PartName="${name}" ContentType="${type}"/>`
  )
  return (
    `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Default Extension="xml" ContentType="application/xml"/>${named.join('')}</Types>`
  )
}

function relations(given) {
  const lines = given.map(([id, type, target]) =>
    `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`
  )
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${lines.join('')}</Relationships>`
}

function core(title) {
  return (
    `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" ` +
    'xmlns:dc="http://purl.org/dc/elements/1.1/">' +
    `<dc:title>${escaped(title)}</dc:title><dc:language>en-NZ</dc:language></cp:coreProperties>`
  )
}

function styles(form) {
  const size = SIZES[form] ?? PLAIN
  const centred = form === 'poster' ? '<w:jc w:val="center"/>' : ''
  return (
    `${HEAD}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr>` +
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/>' +
    `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/><w:lang w:val="en-NZ"/></w:rPr></w:rPrDefault>` +
    `<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="288" w:lineRule="auto"/>${centred}</w:pPr></w:pPrDefault></w:docDefaults>` +
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>' +
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>' +
    '<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="60"/>' +
    `<w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="${size + 4}"/></w:rPr></w:style></w:styles>`
  )
}
