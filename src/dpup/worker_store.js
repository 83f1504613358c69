/** What the worker keeps, and how it is named. Stands before `worker.js` in the same file. */
const SCOPE = new URL(self.registration.scope)
// Several sites may share one host: each has its own caches. `kept.js` makes the same names.
const PAGES = `dpup:${SCOPE.pathname}:pages`
const ASSETS = `dpup:${SCOPE.pathname}:assets`
const FILES = `dpup:${SCOPE.pathname}:files`
const HEADERS = ['content-type', 'content-security-policy', 'referrer-policy', 'x-content-type-options']
const ANY = {ignoreSearch: true}
const DAY = 86_400_000

/** Ask for a page and keep it; give its mark, empty where there is no such page. */
async function fetchPage(path, cached) {
  const response = await fetch(address(path), {cache: cached})
  const text = isGood(response) ? await response.text() : ''
  await keepPage(path, response, text)
  return markIn(text)
}

/**
 * Read a page as it comes. Its mark is known with its first bytes; the scripts and style sheets
 * that wait for it need not wait for the whole page. The text is empty when the page breaks off.
 */
function readPage(response) {
  let tell
  const mark = new Promise((resolve) => { tell = resolve })
  const look = (start) => /<html[^>]*>/.test(start) && tell(markIn(start))
  const text = readText(response.body, look).catch(() => '')
  // What has no such element has no mark, and what breaks off before it has none that is known.
  text.then(() => tell(''))
  return {mark, text}
}

/** Read a text, and show what there is of it each time that more has come. */
async function readText(body, show) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, {stream: true})
    show(text)
  }
  return text + decoder.decode()
}

/** Say which assets a page was made with; empty where it does not say. */
function markIn(text) {
  return /<html[^>]* data-site="([0-9a-f]+)"/.exec(text)?.[1] ?? ''
}

/**
 * Keep a page, unless it was made with assets that this worker does not know. Then there is a
 * newer site, which brings its own worker.
 */
async function keepPage(path, response, text) {
  const mark = markIn(text)
  if (mark === SITE.mark) {
    const title = /<title>([^<]*)/.exec(text)?.[1] ?? path
    const about = {'dpup-mark': mark, 'dpup-title': encodeURIComponent(title.trim())}
    const name = key(path, {dpup: await digest(text), mark})
    await put(PAGES, path, name, response, text, about)
  } else if (mark) {
    self.registration.update().catch(() => {})
  }
}

/** Keep an asset of this version, or fail. */
async function needAsset(path) {
  const hash = SITE.assets[path]
  const cache = await caches.open(ASSETS)
  if (await cache.match(key(path, {dpup: hash}))) {
    return
  }
  for (const cached of ['default', 'reload']) {
    const response = await fetch(address(path), {cache: cached})
    if (isGood(response) && (await keepAsset(path, hash, response))) {
      return
    }
  }
  throw new Error(`${path} is of another version`)
}

/** Give the path and hash of every asset that goes by a mark; null where that is not kept. */
async function assetsOf(mark) {
  if (mark === SITE.mark) {
    return SITE.assets
  }
  const list = mark && (await (await caches.open(ASSETS)).match(listKey(mark)))
  return list ? list.json() : null
}

/** Give the marks whose assets a tab may be loading now; `whole-site.js` notes when it began. */
async function loading() {
  const cache = await caches.open(ASSETS)
  const marks = []
  for (const {url} of await cache.keys(key('assets/'), ANY)) {
    const since = Number((await cache.match(url))?.headers.get('dpup-since'))
    if (Date.now() - since < DAY) {
      marks.push(new URL(url).searchParams.get('list'))
    }
  }
  return marks
}

/** Keep an asset if it is the one that is meant; say whether it was. */
async function keepAsset(path, hash, response) {
  const bytes = await response.arrayBuffer()
  if ((await digest(bytes)) !== hash) {
    return false
  }
  const cache = await caches.open(ASSETS)
  await cache.put(key(path, {dpup: hash}), new Response(bytes, {headers: some(response.headers)}))
  return true
}

/** Keep a response under a new name before what was kept of it goes. A full disk loses nothing. */
async function put(cacheName, path, name, response, body, about) {
  const cache = await caches.open(cacheName)
  const old = await cache.keys(key(path), ANY)
  const headers = {...some(response.headers), ...about, 'dpup-version': SITE.version}
  try {
    await cache.put(name, new Response(body, {headers}))
  } catch {
    return // There is no room. The reader did not ask to keep it, and has the page.
  }
  await Promise.all(old.filter(({url}) => url !== name.href).map((it) => cache.delete(it)))
}

function some(headers) {
  return Object.fromEntries(HEADERS.filter((it) => headers.has(it)).map((it) => [it, headers.get(it)]))
}

/** Whole answers of this site only: no faults, no parts, no redirects, no other origin. */
function isGood(response) {
  return response.status === 200 && response.type === 'basic' && !response.redirected
}

/** Give the path below the site as the build names it; null for what is not the site's. */
function pathOf(href) {
  const url = new URL(href)
  if (url.origin !== SCOPE.origin || !url.pathname.startsWith(SCOPE.pathname)) {
    return null
  }
  try {
    const path = decodeURIComponent(url.pathname.slice(SCOPE.pathname.length))
    return path === '' || path.endsWith('/') ? `${path}index.html` : path
  } catch {
    return null
  }
}

function address(path) {
  const parts = path.replace(/(^|\/)index\.html$/, '$1').split('/')
  return new URL(parts.map(encodeURIComponent).join('/'), SCOPE)
}

function key(path, search = {}) {
  const url = address(path)
  url.search = new URLSearchParams(search)
  return url
}

function listKey(mark) {
  return key('assets/', {list: mark})
}

async function digest(data) {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...hash.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
