/**
 * Keeps the whole site in this browser: what is missing, and loading it. No DOM.
 *
 * Every file is kept under its hash, so that loading can stop at any moment and go on later, and
 * a new version loads only what has changed.
 */
import {address, ASSETS, digest, FILES, key, listKey, PAGES} from './kept.js'
import {base} from './worker-talk.js'

const AT_ONCE = 4

/** What is to be kept has no room. */
export class NoRoom extends Error {}
/** The site has changed while it was loaded. */
export class Changed extends Error {}

/**
 * @typedef {object} Wanted
 * @property {string} cache - where it is kept
 * @property {string} path - below the site
 * @property {URL} key - its name there
 * @property {string} hash - empty where a host may change the bytes of what it sends
 * @property {number} size - in bytes
 */

/** Read the list of all files of the newest version; it throws without a network. */
export async function readListing() {
  const response = await fetch(new URL('offline.json', base), {cache: 'no-store'})
  if (!response.ok) {
    throw new Error(`offline.json: ${response.status}`)
  }
  return response.json()
}

/**
 * List what belongs to the whole site, in the order in which it is loaded: first what pages are
 * made of, so that a page is never kept without it.
 *
 * @param {object} listing - of `readListing`
 * @param {boolean} downloads - whether documents to download belong to it
 * @returns {Wanted[]}
 */
export function wanted(listing, downloads) {
  const {mark, version} = listing
  const files = [...listing.rest, ...(downloads ? listing.downloads : [])]
  return [
    ...listing.assets.map((row) => want(ASSETS, row, {dpup: row[1]})),
    // Hosts may add to a page. Its mark says whether it is the right one.
    ...listing.pages.map((row) => ({...want(PAGES, row, {dpup: row[1], mark}), mark, version})),
    ...files.map((row) => want(FILES, row, {dpup: row[1]}))
  ]
}

function want(cache, [path, hash, size], search) {
  return {cache, path, hash, size, key: key(path, search)}
}

/** Give those that are not kept yet. */
export async function missing(files) {
  const known = new Set((await keptCopies(PAGES)).flatMap(({names}) => names))
  for (const cache of [ASSETS, FILES]) {
    for (const {url} of await (await caches.open(cache)).keys()) {
      known.add(url)
    }
  }
  return files.filter((file) => !namesOf(file).some((name) => known.has(name)))
}

/**
 * Name a file in each way that it may be kept. A page that a reader has opened is kept as the host
 * sent it, so its hash is not the one in the list where a host adds to pages. Then it is the same
 * page if it has the same address, mark and version.
 */
function namesOf({key: {href}, mark, version}) {
  return [href, ...(mark ? [copyName(href, mark, version)] : [])]
}

function copyName(href, mark, version) {
  return `${href.split('?')[0]} ${mark} ${version}`
}

/** List what a cache holds, each with its names. */
async function keptCopies(cacheName) {
  const cache = await caches.open(cacheName)
  const [requests, responses] = [await cache.keys(), await cache.matchAll()]
  return requests.map((request, index) => {
    const about = responses[index]?.headers
    const [mark, version] = [about?.get('dpup-mark'), about?.get('dpup-version')]
    return {request, names: namesOf({key: {href: request.url}, mark, version})}
  })
}

/**
 * Load what is missing, a few files at once.
 *
 * @param {object} listing - of `readListing`
 * @param {Wanted[]} files - what is missing
 * @param {AbortSignal} signal - stops it; what is loaded stays
 * @param {(bytes: number) => void} tell - called with the size of each file
 * @throws {NoRoom | Changed | DOMException} a DOMException named AbortError when it was stopped
 */
export async function load(listing, files, signal, tell) {
  const list = Object.fromEntries(listing.assets.map(([path, hash]) => [path, hash]))
  // A worker of another version that takes over meanwhile leaves alone what is being loaded.
  const headers = {'dpup-since': String(Date.now())}
  await put(ASSETS, listKey(listing.mark), new Response(JSON.stringify(list), {headers}))
  const waiting = [...files]
  const either = new AbortController()
  signal.addEventListener('abort', () => either.abort(), {once: true})
  if (signal.aborted) {
    either.abort()
  }
  const worker = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      await loadOne(file, either.signal)
      tell(file.size)
    }
  }
  try {
    await Promise.all(Array.from({length: AT_ONCE}, worker))
  } catch (error) {
    // The first that fails stops the others.
    either.abort()
    throw error
  }
}

async function loadOne(file, signal) {
  const response = await fetch(address(file.path), {cache: 'no-cache', signal})
  if (response.status === 404) {
    throw new Changed(file.path)
  }
  if (response.status !== 200 || response.type !== 'basic') {
    throw new Error(`${file.path}: ${response.status}`)
  }
  const bytes = await response.arrayBuffer()
  const about = file.mark ? aboutPage(file, bytes) : {}
  if (!file.mark && (await digest(bytes)) !== file.hash) {
    throw new Changed(file.path)
  }
  const headers = {...about, 'content-type': response.headers.get('content-type') ?? ''}
  await put(file.cache, file.key, new Response(bytes, {headers}))
}

function aboutPage(file, bytes) {
  const text = new TextDecoder().decode(bytes)
  if (!text.includes(`data-site="${file.mark}"`)) {
    throw new Changed(file.path)
  }
  const title = /<title>([^<]*)/.exec(text)?.[1] ?? file.path
  return {
    'dpup-mark': file.mark,
    'dpup-title': encodeURIComponent(title.trim()),
    'dpup-version': file.version
  }
}

async function put(cacheName, name, response) {
  try {
    await (await caches.open(cacheName)).put(name, response)
  } catch (error) {
    throw error.name === 'QuotaExceededError' ? new NoRoom(error.message) : error
  }
}

/** Remove copies of pages and files that are older than what is kept now, or gone from the site. */
export async function removeOld(files) {
  const wantedNames = new Set(files.flatMap(namesOf))
  for (const cacheName of [PAGES, FILES]) {
    const cache = await caches.open(cacheName)
    const copies = await keptCopies(cacheName)
    const old = copies.filter(({names}) => !names.some((name) => wantedNames.has(name)))
    await Promise.all(old.map(({request}) => cache.delete(request)))
  }
}
