/**
 * The page about reading offline: what this browser keeps, and keeping the whole site.
 *
 * Nothing is loaded before the reader has been told its size and has asked for it.
 */
import {Component} from './component.js'
import {address, dateOf, inWords, keptPages, OFFLINE, removeAll, removePages} from './kept.js'
import {read, remove, write} from './storage.js'
import {Changed, load, missing, NoRoom, readListing, removeOld, wanted} from './whole-site.js'
import {base, canKeep} from './worker-talk.js'

const SETTING = 'offline'

/** What is kept, and the buttons for it. */
export default class Offline extends Component {
  constructor($root) {
    super($root)
    this.tellMissing()
    if (!canKeep() || !document.documentElement.dataset.site) {
      return
    }
    this.part('plain').hidden = true
    this.reveal()
    this.part('keep').addEventListener('click', () => this.keep())
    this.part('stop').addEventListener('click', () => this.stopping?.abort())
    this.part('remove').addEventListener('click', () => this.remove())
    this.part('never').addEventListener('click', () => this.never())
    this.part('again').addEventListener('click', () => this.again())
    this.part('downloads').addEventListener('change', () => this.showSizes())
    addEventListener('online', () => this.show())
    this.show()
  }

  part(name) {
    return this.need(`[data-part="${name}"]`)
  }

  say(text) {
    this.part('said').textContent = text
  }

  /** Name the page that the reader wanted, and lead to it: the network may be back. */
  tellMissing() {
    const from = new URLSearchParams(location.search).get('from')
    const to = from === null ? null : within(from)
    if (!to) {
      return
    }
    const $link = document.createElement('a')
    $link.href = to.href
    $link.textContent = decodeURI(to.pathname)
    const $again = this.part('missing')
    $again.replaceChildren('That page is not kept on this device: ', $link, '. Follow the link to try again.')
    $again.hidden = false
  }

  async show() {
    const off = read(SETTING).value?.keep === false
    this.part('whole').hidden = off
    this.part('never').hidden = off
    this.part('again').hidden = !off
    await Promise.all([this.showKept(), off ? null : this.showSizes()])
  }

  async showKept() {
    const pages = (await keptPages()).filter(({path}) => path !== `${OFFLINE.split('/')[0]}/`)
    const count = pages.length === 1 ? '1 page' : `${pages.length} pages`
    this.part('kept').textContent = pages.length ? `Kept on this device: ${count}.` : 'No page is kept yet.'
    // Permanent addresses are kept too; the pages that they lead to are in the list.
    const shown = pages.filter(({path}) => !path.startsWith('id/'))
    this.part('list').hidden = !shown.length
    const newest = shown.map(({version}) => version).sort().at(-1)
    this.part('pages').replaceChildren(...shown.map((page) => item(page, newest)))
  }

  /** Say how large it is and how much of it is kept. */
  async showSizes() {
    const $downloads = this.part('downloads')
    try {
      this.listing = await readListing()
    } catch {
      this.part('keep').disabled = true
      this.part('state').textContent = 'To keep the whole site, you need a network now.'
      return
    }
    const {version, downloads} = this.listing
    const {checked} = $downloads
    const files = wanted(this.listing, checked)
    const [all, left] = [sizeOf(files), sizeOf(await missing(files))]
    if (checked !== $downloads.checked) {
      return // The reader has changed their mind, and what they want now is shown soon.
    }
    this.part('downloads-choice').hidden = !downloads.length
    this.part('downloads-size').textContent = inWords(downloads.reduce((sum, row) => sum + row[2], 0))
    this.part('keep').disabled = !left
    this.part('keep').textContent = left && left < all ? `Keep the rest (${inWords(left)})` : `Keep the whole site (${inWords(all)})`
    this.part('state').textContent = left
      ? `Version ${version} of ${dateOf(version)} takes up ${inWords(all)} on this device; ${inWords(all - left)} of it is kept.`
      : `Version ${version} of ${dateOf(version)} is kept as a whole: ${inWords(all)}.`
  }

  async keep() {
    this.stopping = new AbortController()
    this.busy(true)
    // Else the browser may clear it away when it needs the room.
    navigator.storage?.persist?.().catch(() => {})
    const text = await this.tryKeep()
    this.busy(false)
    await this.show()
    this.say(text)
    // A button that has nothing to do any more can't have the focus.
    this.part(this.part('keep').disabled ? 'said' : 'keep').focus()
  }

  async tryKeep() {
    try {
      // What is asked for now, even if its size is still being counted.
      const left = await missing(wanted(this.listing, this.part('downloads').checked))
      await load(this.listing, left, this.stopping.signal, this.progress(left))
      await removeOld(wanted(this.listing, true))
      return 'Done. The whole site is kept on this device.'
    } catch (error) {
      return trouble(error)
    }
  }

  /** Give what is called with the size of each file that has come. */
  progress(left) {
    const all = sizeOf(left)
    const $bar = this.part('bar')
    let done = 0
    $bar.max = all
    $bar.value = 0
    return (size) => {
      done += size
      $bar.value = done
      this.part('count').textContent = `${inWords(done)} of ${inWords(all)}`
    }
  }

  busy(is) {
    this.part('progress').hidden = !is
    this.part('stop').hidden = !is
    for (const name of ['keep', 'remove', 'never', 'downloads']) {
      this.part(name).disabled = is
    }
    if (is) {
      this.say('Loading the site. You can stop at any time.')
      this.part('stop').focus()
    }
  }

  async remove() {
    await removePages()
    await this.show()
    this.say('Removed. Pages that you open from now on are kept again. Your answers are still there.')
  }

  async never() {
    const held = write(SETTING, {keep: false})
    await removeAll()
    await this.show()
    this.say(held ? 'Removed. But this browser does not remember your choice: it keeps pages again when you open one.' : 'Removed. This device keeps no pages from now on. Your answers are still there.')
    this.part('again').focus()
  }

  async again() {
    remove(SETTING)
    await this.show()
    this.say('Pages that you open from now on are kept.')
    this.part('never').focus()
  }
}

/** Give an address of this site, whatever somebody has written into the one of this page. */
function within(path) {
  try {
    const url = address(path)
    return url.href.startsWith(base.href) ? url : null
  } catch {
    return null
  }
}

function item({href, title, version}, newest) {
  const $item = document.createElement('li')
  const $link = document.createElement('a')
  $link.href = href
  $link.textContent = title
  $item.append($link, version === newest ? '' : ` (${dateOf(version)})`)
  return $item
}

function sizeOf(files) {
  return files.reduce((sum, file) => sum + file.size, 0)
}

function trouble(error) {
  const stays = 'What was loaded is kept, and loading goes on from there.'
  if (error.name === 'AbortError') {
    return `Stopped. ${stays}`
  }
  if (error instanceof NoRoom) {
    return `There is no room left for this site in this browser. ${stays} Free some room on the device, or remove what is kept.`
  }
  if (error instanceof Changed) {
    return `The site has changed in the meantime. ${stays} Load this page again, and go on.`
  }
  return `The network failed. ${stays}`
}
