/** A notice as text to copy or to keep in a file. Knows nothing of the page. */
import {wordsIn} from './notice-text.js'

// What Markdown could take for marks of its own.
const MARKS = /[\\`*_[\]<>|~&{}]/g
const MARKS_AT_START = /^(\s*)([#+-]|\d+[.)])/

/**
 * Give a notice as plain text: headings on lines of their own, gaps in brackets.
 *
 * @param {import('./notice-text.js').Paragraph[]} shown - the notice
 * @returns {string} without a line break at its end
 */
export function asText(shown) {
  return shown
    .map((paragraph) => [paragraph.heading, plain(paragraph)].filter(Boolean).join('\n'))
    .join('\n\n')
}

/**
 * Give a notice as Markdown, in which every word stays a word.
 *
 * @param {import('./notice-text.js').Paragraph[]} shown - the notice
 * @returns {string} without a line break at its end
 */
export function asMarkdown(shown) {
  return shown.flatMap((paragraph) => {
    const heading = paragraph.heading ? [`## ${escaped(paragraph.heading)}`] : []
    return [...heading, atStart(wordsIn(paragraph).map(marked).join(''))]
  }).join('\n\n')
}

/** Give the words of a paragraph as plain text. */
export function plain(paragraph) {
  return wordsIn(paragraph).map(({text, blank}) => (blank ? `[${text}]` : text)).join('')
}

/** Give a notice as it is read aloud: without brackets, a line for each paragraph. */
export function asSpoken(shown) {
  return shown.map((paragraph) => wordsIn(paragraph).map(({text}) => text).join('')).join('\n')
}

function marked({text, blank}) {
  return blank ? `**${escaped(`[${text}]`)}**` : escaped(text)
}

function escaped(text) {
  return text.replace(MARKS, '\\$&')
}

function atStart(line) {
  return line.replace(MARKS_AT_START, (_, space, mark) =>
    space + (/\d/.test(mark) ? mark.replace(/[.)]$/, '\\$&') : `\\${mark}`)
  )
}
