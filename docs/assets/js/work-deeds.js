/** What the buttons of the bar of works do. Each is given the bar. */
import {ask} from './dialog.js'
import {save as keep} from './files.js'
import {node, write} from './work-bar.js'
import {fileName} from './work-words.js'

/** Tell what is wrong, point by point. */
function complain(bar, said, problems) {
  bar.say(said)
  const shown = problems.slice(0, 10).map((problem) => node('li', problem))
  const more = problems.length - shown.length
  bar.$details.replaceChildren(...shown, ...(more > 0 ? [node('li', `And ${more} more.`)] : []))
  bar.$details.hidden = problems.length === 0
}

export async function add(bar) {
  const name = await askName(bar, `Name the new ${bar.owner.noun}`, bar.unused('My answers'))
  if (name) {
    bar.desk.add(bar.owner.make(bar.unused(name)))
    bar.say(`“${bar.desk.work.name}” is open. It has no answers yet.`)
  }
}

export async function rename(bar) {
  const before = bar.desk.work.name
  const name = await askName(bar, `Rename this ${bar.owner.noun}`, before)
  if (name && name !== before) {
    bar.desk.change(bar.owner.rename(bar.desk.work, bar.unused(name, bar.desk.work.id), Date.now()))
    bar.say(`Renamed to “${bar.desk.work.name}”.`)
  }
}

export function duplicate(bar) {
  const {work} = bar.desk
  const about = {id: bar.desk.store.newId(), name: bar.unused(`Copy of ${work.name}`.slice(0, 100))}
  bar.desk.add(bar.owner.duplicate(work, {...about, now: Date.now()}))
  bar.say(`“${bar.desk.work.name}” is open. It has the same answers.`)
}

export async function forget(bar) {
  const $dialog = bar.component.need('[data-dialog="delete"]')
  const {name} = bar.desk.work
  write($dialog.querySelector('[data-said]'), `“${name}” and all that is in it will be deleted from this browser.`)
  if ((await ask($dialog)) !== 'ok') {
    return
  }
  const gone = bar.desk.remove()
  bar.say(`“${gone.name}” is deleted.`, () => bar.desk.add(gone))
  if (document.activeElement === document.body || document.activeElement.disabled) {
    // Nothing is left to delete, so the button can't have the focus back.
    bar.$undo.focus()
  }
}

async function askName(bar, title, name) {
  const $dialog = bar.component.need('[data-dialog="name"]')
  const $name = $dialog.querySelector('[data-name]')
  write($dialog.querySelector('[data-title]'), title)
  $name.value = name
  const answer = ask($dialog)
  $name.select()
  return (await answer) === 'ok' ? $name.value.trim() : ''
}

export async function save(bar) {
  const {work} = bar.desk
  const name = fileName([work.entry, work.name], '.answers.json')
  keep(name, new Blob([await bar.owner.text(work)], {type: 'application/json'}))
  bar.savedAs = work
  bar.say(`Saved to ${name}, where your browser puts downloads.`)
}

export async function opened(bar) {
  const [file] = bar.$file.files
  if (!file) {
    return
  }
  const {work, problems, said} = await bar.owner.read(file).catch(() => UNREADABLE)
  // The same file can be chosen again.
  bar.$file.value = ''
  if (work) {
    bar.desk.add({...work, name: bar.unused(work.name)})
    bar.say(said)
  } else {
    complain(bar, said, problems)
  }
}

export async function fill(bar, $link) {
  const format = new URL($link.href).pathname.split('.').at(-1)
  const {work} = bar.desk
  if (!work) {
    bar.say('There are no answers yet. The empty form is under Downloads.')
    return
  }
  bar.say('Making the file …')
  try {
    keep(fileName([work.entry, work.name], `.${format}`), await bar.owner.filled(work, format, $link.href))
    bar.say('The file is made. It is where your browser puts downloads.')
  } catch (error) {
    if (error.name === 'FilledError') {
      bar.say(`The file could not be made. ${error.message}`)
      return
    }
    console.error(error)
    bar.say('The file could not be made. You may be offline. Print your answers, or save them to a file and try again later.')
  }
}

export function saveBroken(bar) {
  const texts = bar.desk.store.broken().map(({text}) => text)
  keep(fileName([bar.desk.store.entry, 'unreadable'], '.txt'), new Blob([texts.join('\n')], {type: 'text/plain'}))
  bar.say('Saved as a text file, just as it was kept.')
}

export async function forgetBroken(bar) {
  const $dialog = bar.component.need('[data-dialog="delete"]')
  write($dialog.querySelector('[data-said]'), "What can't be read will be deleted from this browser for good.")
  if ((await ask($dialog)) === 'ok') {
    bar.desk.store.forgetBroken()
    bar.show()
    bar.say('What could not be read is deleted.')
    bar.$works.focus()
  }
}

/** The file went away, or the system does not let the browser read it. */
const UNREADABLE = {
  work: null,
  problems: [],
  said: 'The browser could not read this file. Check that it is still there, and choose it again.',
}
