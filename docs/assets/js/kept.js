/**
 * What this browser keeps of the site for reading offline, and how it is named there. The worker
 * uses the same names. No component knows how caches are laid out but by this module.
 */
import {base} from './worker-talk.js'

// Several sites may share one host: each has its own caches.
const name = (what) => `dpup:${base.pathname}:${what}`
export const PAGES = name('pages')
export const ASSETS = name('assets')
export const FILES = name('files')
/** The page about all this. It stays, as long as anything is kept. */
export const OFFLINE = 'offline/index.html'

/**
 * Give the address of a file.
 *
 * @param {string} path - below the site, as the build names it
 * @returns {URL} where the site has it
 */
export function address(path) {
  const parts = path.replace(/(^|\/)index\.html$/, '$1').split('/')
  return new URL(parts.map(encodeURIComponent).join('/'), base)
}

/**
 * Give the name of a file in a cache.
 *
 * @param {string} path - below the site
 * @param {Record<string, string>} search - which copy: its hash, and the mark of a page
 * @returns {URL} never an address that the site has
 */
export function key(path, search) {
  const url = address(path)
  url.search = new URLSearchParams(search)
  return url
}

/** Name the list of the assets that go by a mark. */
export function listKey(mark) {
  return key('assets/', {list: mark})
}

/**
 * Name some bytes as the build does.
 *
 * @param {ArrayBuffer} bytes
 * @returns {Promise<string>} the first half of their SHA-256, in hexadecimal digits
 */
export async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...hash.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * List the pages that are kept.
 *
 * @returns {Promise<{href: string, path: string, title: string, version: string}[]>} by title
 */
export async function keptPages() {
  const cache = await caches.open(PAGES)
  const [requests, responses] = [await cache.keys(), await cache.matchAll()]
  const pages = requests.map((request, index) => aboutPage(request, responses[index].headers))
  return pages.sort((one, other) => one.title.localeCompare(other.title, 'en-NZ'))
}

function aboutPage(request, headers) {
  const url = new URL(request.url)
  url.search = ''
  // The title is HTML; this reads it and runs nothing.
  const html = `<title>${decodeURIComponent(headers.get('dpup-title') ?? '')}</title>`
  const title = new DOMParser().parseFromString(html, 'text/html').title
  const path = decodeURIComponent(url.pathname.slice(base.pathname.length))
  // After the last dash stands the name of the site, as in every title.
  const short = title.replace(/ – [^–]*$/, '')
  return {href: url.href, path, title: short || path, version: headers.get('dpup-version') ?? ''}
}

/** Remove what is kept of pages and files, but not the page about it, nor what it is made of. */
export async function removePages() {
  await caches.delete(FILES)
  const cache = await caches.open(PAGES)
  const own = address(OFFLINE).pathname
  const others = (await cache.keys()).filter(({url}) => new URL(url).pathname !== own)
  await Promise.all(others.map((request) => cache.delete(request)))
}

/** Remove all that is kept, and the worker that keeps it. */
export async function removeAll() {
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    if (registration.scope === base.href) {
      await registration.unregister()
    }
  }
  await Promise.all([PAGES, ASSETS, FILES].map((cache) => caches.delete(cache)))
}

/** Say the date of a version as people do. */
export function dateOf(version) {
  const [year, month, day] = version.split('-').map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  const how = {day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'}
  return Number.isNaN(date.getTime()) ? version : date.toLocaleDateString('en-NZ', how)
}

/** Say a size as people do. */
export function inWords(size) {
  const kilobytes = Math.max(1, Math.round(size / 1000))
  return kilobytes < 1000 ? `${kilobytes} KB` : `${(size / 1e6).toFixed(1)} MB`
}
