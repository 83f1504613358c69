/**
 * Starts the worker that keeps pages, and tells the reader about it: that there is no network and
 * which version this is, or that a newer version is ready. Nothing changes under a reader's hands:
 * a newer version is shown when they ask for it.
 *
 * A preview stamps no mark into its pages. There, and where the reader wants nothing kept, it
 * removes what an earlier visit has kept.
 */
import {Component} from './component.js'
import {read} from './storage.js'
import {askWorker, base, canKeep} from './worker-talk.js'

/** The line at the foot of each page; empty as long as there is nothing to tell. */
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
      const {removeAll} = await import('./kept.js')
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
    this.keepThis(await serviceWorker.ready)
  }

  /** Tell when a newer worker waits, now or later. */
  watch(registration) {
    const look = () => registration.waiting && this.controlled && this.offer(registration)
    look()
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', look)
    })
  }

  /**
   * The worker was not there yet when this page was loaded. Whether this page is one to keep the
   * worker decides: to wait for its answer would be to give up on a slow device.
   */
  keepThis({active}) {
    if (navigator.onLine) {
      const {site: mark} = document.documentElement.dataset
      const path = pathOf(location.href)
      const loaded = performance.getEntriesByType('resource').map(({name}) => pathOf(name))
      active.postMessage({ask: 'keep', mark, path, assets: loaded.filter(Boolean)})
    }
  }

  /** Say that there is no network, or that a page came from what is kept. */
  async tell() {
    const about = await askWorker(navigator.serviceWorker.controller, {ask: 'hello'})
    if (!navigator.onLine || about?.lost) {
      await this.say('offline', about)
    }
  }

  /** The network is back. The page may be an old one; it stays until the reader wants another. */
  back() {
    if (this.$root.dataset.says === 'offline') {
      this.say('online')
    }
  }

  offer(registration) {
    this.say('newer', () => {
      this.asked = true
      registration.waiting?.postMessage({ask: 'now'})
    })
  }

  /** Another worker has taken over: because the reader asked here, or in another tab. */
  changed() {
    const first = !this.controlled
    this.controlled = true
    if (this.asked) {
      location.reload()
    } else if (!first) {
      this.say('changed')
    }
  }

  /** Tell the reader something; most have nothing to be told, so the words are loaded for it. */
  async say(what, about) {
    try {
      const {SAYING} = await import('./offline-told.js')
      SAYING[what](this.$root, about)
    } catch (error) {
      console.error(error)
    }
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

/** Give the path of an address of this site as the build names it; empty for others. */
function pathOf(href) {
  const url = new URL(href)
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) {
    return ''
  }
  try {
    const path = decodeURIComponent(url.pathname.slice(base.pathname.length))
    return path === '' || path.endsWith('/') ? `${path}index.html` : path
  } catch {
    return '' // No build makes a name that is not Unicode.
  }
}

function afterLoad(begin) {
  // A busy page has its turn too, if later.
  const begins = () => globalThis.requestIdleCallback?.(begin, {timeout: 5000}) ?? setTimeout(begin)
  if (document.readyState === 'complete') {
    begins()
  } else {
    addEventListener('load', begins, {once: true})
  }
}
