/** The answers as a file: saved, opened, and put into the Word form of the template. */
import {read, write} from './answers-file.js'
import {plain} from './answers-shape.js'
import {save} from './files.js'

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
  const {sheet, problems} = read(await file.arrayBuffer(), file.name)
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
    const filled = await filledWord(await asked.arrayBuffer(), plain(answers.sheet))
    save(`${answers.template.entry}-filled.docx`, filled)
    return 'Saved as a file.'
  } catch (error) {
    console.error(error)
    return 'The filled form could not be made. Are you offline? Save your answers to a file and try again later.'
  }
}

/** Save what this browser kept and can't be read, as it is. */
export function saveUnreadable(answers) {
  save(`${answers.template.entry}-unreadable.txt`, new Blob([answers.unreadable], {type: 'text/plain'}))
}
