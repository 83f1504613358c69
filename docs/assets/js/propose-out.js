/** Three ways out for a file that is sound: download, copy, or go on at the forge. */
import {copy, save} from './files.js'
import {make} from './propose-boxes.js'

/** Browsers and GitHub stop reading an address at about this length. */
const LONGEST = 8000

/** Say how a file is called that somebody sends, and what to do with it. */
function letter({text, path, isItem}) {
  const what = isItem ? `To add at the end of ${path}` : `The file ${path}`
  return `${what}:\n\n${text}`
}

/** Download the file, or the item. */
export function download(made) {
  const name = made.isItem ? `${made.id}.yml` : made.path.split('/').at(-1)
  save(name, new Blob([made.text], {type: 'text/plain;charset=utf-8'}))
  return `${name} is downloaded. Send it to those who look after this site.`
}

/** Copy what stands in an e-mail; a text to copy by hand where the browser does not allow it. */
export async function forMail(made, $more) {
  const text = letter(made)
  if (await copy(text)) {
    return 'It is copied. Paste it into an e-mail to those who look after this site.'
  }
  const $text = make('textarea', {rows: '12', readonly: '', 'aria-label': 'The text to copy'})
  $text.value = text
  $more.replaceChildren($text)
  $more.hidden = false
  $text.focus()
  $text.select()
  return 'This browser does not let a page copy. Copy the text in the box.'
}

function link(href, text) {
  return make('a', {href, rel: 'noreferrer'}, text)
}

/** Say how to go on at the forge, with links; a page opens nothing by itself. */
export function atForge(made, forge, $more) {
  $more.hidden = false
  const [home, branch] = [forge.home, forge.branch]
  if (made.isItem) {
    const $text = make('textarea', {rows: '8', readonly: '', 'aria-label': 'What to paste at the end'})
    $text.value = made.text
    const edit = `${home}/edit/${branch}/${made.path}`
    $more.replaceChildren(
      make('p', {}, 'Copy this text. Then ', link(edit, `edit ${made.path}`), ', and paste it at the end.'),
      $text,
    )
  } else {
    $more.replaceChildren(make('p', {}, ...newFile(made, home, branch)))
  }
  $more.focus()
  return ''
}

function newFile(made, home, branch) {
  const folder = made.path.slice(0, made.path.lastIndexOf('/'))
  const name = made.path.slice(folder.length + 1)
  const query = new URLSearchParams({filename: name, value: made.text})
  const whole = `${home}/new/${branch}/${folder}?${query}`
  if (whole.length <= LONGEST) {
    return [link(whole, `Open ${name} at the forge, filled in`), '. There you can look at it again and propose it.']
  }
  const upload = link(`${home}/upload/${branch}/${folder}`, 'the upload page of the forge')
  return ['This text is too long for a link. Download the file, and drag it onto ', upload, '.']
}
