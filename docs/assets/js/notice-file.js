/** The answers as a file: saved, opened, and put into the Word form of the template. */
import {read, write} from './answers-file.js'
import {plain} from './answers-shape.js'
import {save} from './files.js'
import {paragraphs, wordsIn} from './notice-text.js'
import {finder} from './notice-view.js'

/** The file went away, or the system does not let the browser read it. */
const UNREADABLE = 'The browser could not read this file. Check that it is still there, and choose it again.'

// Of no use without the blank form, which is not kept with a page: a browser need not keep it either.
const FILLER = './filled-word.js'

/** Save the answers as a file that this page, another device or `dpup answers` can read. */
export function saveAnswers(answers) {
  const blob = new Blob([write(answers.sheet)], {type: 'application/json'})
  save(`${answers.template.entry}-answers.json`, blob)
}

/**
 * Read a file of answers to a template.
 *
 * @param {File} file - that the reader chose
 * @param {{entry: string, title: string}} template - the data of the page
 * @returns {Promise<{sheet: object|null, problems: string[]}>} no sheet when there are problems
 */
export async function openAnswers(file, template) {
  const bytes = await file.arrayBuffer().catch(() => null)
  if (!bytes) {
    return {sheet: null, problems: [UNREADABLE]}
  }
  const {sheet, problems} = read(bytes, file.name)
  if (sheet && sheet.entry !== template.entry) {
    const said = `${file.name}: These are answers to “${sheet.entry}”, not to this template.`
    return {sheet: null, problems: [`${said} Open them on its page.`]}
  }
  return {sheet, problems}
}

/**
 * Fill in the Word form of the template and save it.
 *
 * @param {import('./notice-answers.js').Answers} answers - what to put in
 * @param {string} address - of the blank form
 * @returns {Promise<string>} what to tell the reader
 */
export async function saveForm(answers, address) {
  try {
    const {filledWord} = await import(FILLER)
    const asked = await fetch(address)
    if (!asked.ok) {
      throw new Error(`${asked.status} ${asked.statusText}`)
    }
    const filled = await filledWord(await asked.arrayBuffer(), plain(answers.sheet), noticesOf(answers))
    save(`${answers.template.entry}-filled.docx`, filled)
    return 'Saved as a file.'
  } catch (error) {
    console.error(error)
    return 'The filled form could not be made. Are you offline? Save your answers to a file and try again later.'
  }
}

/** Say the notices at the end of the form with what was answered, as `dpup answers write` does. */
function noticesOf({template, values}) {
  const notices = template.variants.map((variant) => ({
    id: variant.id,
    paragraphs: paragraphs(template, variant, values).map((paragraph) => ({
      heading: paragraph.heading,
      words: wordsIn(paragraph)
    }))
  }))
  return {notices, reo: finder(template.reo)}
}

/** Save what this browser kept and can't be read, as it is. */
export function saveUnreadable(answers) {
  save(`${answers.template.entry}-unreadable.txt`, new Blob([answers.unreadable.join('\n')], {type: 'text/plain'}))
}
