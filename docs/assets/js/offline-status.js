/**
 * Starts the worker that keeps pages, and tells the reader about it: that there is no network and
 * which version this is, or that a newer version is ready. Nothing changes under a reader's hands:
 * a newer version is shown when they ask for it.
 *
 * A preview stamps no mark into its pages. There, and where the reader wants nothing kept, it
 * removes what an earlier visit has kept.
 */
import {Component} from './component.js'
import {address, askWorker, base, canKeep, dateOf, OFFLINE, removeAll} from './kept.js'
import {read} from './storage.js'

/** The line at the top of each page; empty as long as there is nothing to tell. */
export default class OfflineStatus extends Component {
  constructor($root) {
    super($root)
    if (!canKeep()) {
      return
    }
    // The page comes first, and what is to be kept only when it has all it needs.
    afterLoad(() => this.begin().catch((error) => console.error(error)))
  }

  async begin() {
    if (read('offline').value?.keep === false || (await isPreview())) {
      await removeAll()
      return
    }
    if (!document.documentElement.dataset.site) {
      return
    }
    const {serviceWorker} = navigator
    this.controlled = Boolean(serviceWorker.controller)
    serviceWorker.addEventListener('controllerchange', () => this.changed())
    addEventListener('offline', () => this.tell())
    addEventListener('online', () => this.back())
    const where = {scope: base.pathname, updateViaCache: 'none'}
    // Without a network this fails, and the worker that is there goes on.
    serviceWorker.register(new URL('sw.js', base), where).then((it) => this.watch(it), () => {})
    await this.tell()
    await this.keepThis(await serviceWorker.ready)
  }

  /** Tell when a newer worker waits, now or later. */
  watch(registration) {
    const look = () => registration.waiting && this.controlled && this.offer(registration)
    look()
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', look)
    })
  }

  /** The worker was not there yet when this page was loaded. */
  async keepThis({active}) {
    const about = await askWorker(active, {ask: 'hello'})
    if (about?.mark === document.documentElement.dataset.site && !about.lost && navigator.onLine) {
      const path = pathOf(location.href)
      const loaded = performance.getEntriesByType('resource').map(({name}) => pathOf(name))
      active.postMessage({ask: 'keep', path, assets: loaded.filter(Boolean)})
    }
  }

  /** Say that there is no network, or no longer. */
  async tell() {
    const about = await askWorker(navigator.serviceWorker.controller, {ask: 'hello'})
    if (!navigator.onLine || about?.lost) {
      const why = navigator.onLine ? "This site can't be reached just now." : "You're offline."
      this.show('offline', why, about ? sentence(about) : '', [
        link('See what is kept', address(OFFLINE).href),
        ...(navigator.onLine ? [button('Try again', () => location.reload())] : [])
      ])
    }
  }

  /** The network is back. The page may be an old one; it stays until the reader wants another. */
  back() {
    if (this.$root.dataset.says === 'offline') {
      const again = button('Load the newest version', () => location.reload())
      this.show('online', "You're online again.", '', [again])
    }
  }

  offer(registration) {
    const use = () => {
      this.asked = true
      registration.waiting?.postMessage({ask: 'now'})
    }
    const said = 'Your answers in this browser stay as they are.'
    this.show('newer', 'A newer version of this site is ready.', said, [
      button('Show the newer version', use)
    ])
  }

  /** Another worker has taken over: because the reader asked here, or in another tab. */
  changed() {
    const first = !this.controlled
    this.controlled = true
    if (this.asked) {
      location.reload()
    } else if (!first) {
      const again = button('Load this page again', () => location.reload())
      this.show('newer', 'This site has a newer version now.', '', [again])
    }
  }

  show(says, strong, text, $actions) {
    const $strong = document.createElement('strong')
    $strong.textContent = strong
    const $text = document.createElement('p')
    $text.className = 'dpup-offline-status__text'
    $text.append($strong, text ? ` ${text}` : '')
    const $hide = button('Hide', () => this.$root.replaceChildren())
    this.$root.dataset.says = says
    this.$root.replaceChildren($text, ...$actions, $hide)
  }
}

/** A preview, or a site that keeps nothing any more, has no worker at all. */
async function isPreview() {
  const {dataset} = document.documentElement
  if (dataset.site || !(await navigator.serviceWorker.getRegistration(base))) {
    return false
  }
  const answer = await fetch(new URL('sw.js', base), {cache: 'no-store'}).catch(() => null)
  return answer?.status === 404
}

function sentence({version, pages}) {
  const kept = pages === 1 ? '1 page is' : `${pages} pages are`
  return `This is version ${version} of ${dateOf(version)}. ${kept} kept on this device.`
}

function link(text, href) {
  const $link = document.createElement('a')
  $link.className = 'dpup-offline-status__action'
  $link.href = href
  $link.textContent = text
  return $link
}

function button(text, press) {
  const $button = document.createElement('button')
  $button.className = 'dpup-offline-status__action'
  $button.type = 'button'
  $button.textContent = text
  $button.addEventListener('click', press)
  return $button
}

/** Give the path of an address of this site as the build names it; empty for others. */
function pathOf(href) {
  const url = new URL(href)
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) {
    return ''
  }
  const path = decodeURIComponent(url.pathname.slice(base.pathname.length))
  return path === '' || path.endsWith('/') ? `${path}index.html` : path
}

function afterLoad(begin) {
  const idle = globalThis.requestIdleCallback ?? setTimeout
  if (document.readyState === 'complete') {
    idle(begin)
  } else {
    addEventListener('load', () => idle(begin), {once: true})
  }
}
