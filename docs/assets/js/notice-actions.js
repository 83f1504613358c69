/** What can be done with a finished notice: copy it, keep it in a file, print it. */
import {copy, save} from './files.js'
import {asMarkdown, asText} from './notice-formats.js'
import {paint} from './notice-view.js'

const COPIED = 'Copied.'
const NOT_COPIED = 'This browser does not allow copying. Select the notice with the mouse or finger, and copy it.'

/**
 * Do what a button of the notice says.
 *
 * @param {string} what - of the button
 * @param {{shown: object[], variant: object, template: object, reo: RegExp}} notice - the notice
 * @returns {Promise<string>} what to tell the reader; empty when the browser shows it itself
 */
export async function act(what, notice) {
  const text = {text: asText, markdown: asMarkdown}[what.split('-')[1]]?.(notice.shown)
  if (what.startsWith('copy-')) {
    return (await copy(text)) ? COPIED : NOT_COPIED
  }
  if (what === 'print') {
    print(notice)
    return ''
  }
  if (what === 'word') {
    return word(notice)
  }
  const ending = {'file-text': ['txt', 'text/plain'], 'file-markdown': ['md', 'text/markdown']}[what]
  const blob = new Blob([`${text}\n`], {type: `${ending[1]};charset=utf-8`})
  save(name(notice, ending[0]), blob)
  return 'Saved as a file.'
}

function name({template, variant}, ending) {
  return `${template.entry}-${variant.id}.${ending}`
}

async function word(notice) {
  try {
    const {noticeWord} = await import('./notice-word.js')
    save(name(notice, 'docx'), await noticeWord(notice))
    return 'Saved as a file.'
  } catch (error) {
    console.error(error)
    return 'The Word file could not be made. Copy the notice as text in its place.'
  }
}

/** Print the notice and nothing else of the page. */
function print({shown, variant, reo}) {
  const $sheet = document.createElement('div')
  const $text = document.createElement('div')
  $sheet.className = `dpup-printout dpup-notice dpup-notice--${variant.form}`
  $text.className = 'dpup-notice__text'
  $sheet.append($text)
  paint($text, shown, reo)
  document.body.append($sheet)
  document.documentElement.dataset.printing = 'notice'
  addEventListener('afterprint', () => {
    delete document.documentElement.dataset.printing
    $sheet.remove()
  }, {once: true})
  window.print()
}
