/**
 * Keeps pages for readers who are without a network. The build writes `SITE` above this:
 * its version, the mark and hashes of its assets, and the core that every page needs.
 *
 * Pages come from the network first, so that a reader who has one sees the newest. Each page says
 * by the mark in its `html` element which assets it was made with. It gets those, out of the
 * cache where they are kept, and is itself kept with its mark: what is kept together fits
 * together, whatever the site has become since. Files are kept under their hash.
 *
 * Answers of readers are in localStorage. A worker can't reach that, and so never loses them.
 */
const OFFLINE = 'offline/index.html'
/** How long a reader waits for a slow network where there is a kept page, in milliseconds. */
const PATIENCE = 3000

/** Of each tab that this run of the worker has served: the mark of its page. */
const marks = new Map()
/** Tabs whose page came out of the cache because the network failed. */
const lost = new Set()

self.addEventListener('install', (event) => event.waitUntil(install()))
self.addEventListener('activate', (event) => event.waitUntil(activate()))
self.addEventListener('fetch', answer)
self.addEventListener('message', (event) => {
  const {ask, mark, path, assets} = event.data ?? {}
  if (ask === 'hello') {
    event.waitUntil(tell(event))
  } else if (ask === 'keep' && mark === SITE.mark && !lost.has(event.source.id)) {
    event.waitUntil(keepShown(path, assets))
  } else if (ask === 'now') {
    self.skipWaiting()
  }
})

/** Keep the core. What arrives in another version is refused: the browser tries again later. */
async function install() {
  const cache = await caches.open(ASSETS)
  await cache.put(listKey(SITE.mark), new Response(JSON.stringify(SITE.assets)))
  await Promise.all(SITE.core.map((path) => needAsset(path)))
  if ((await fetchPage(OFFLINE, 'no-cache')) !== SITE.mark) {
    throw new Error('the site changes at this moment')
  }
}

/** Take charge, and drop assets that no kept page needs any more. */
async function activate() {
  await self.clients.claim()
  const cache = await caches.open(ASSETS)
  // First, so that what comes while this looks around is not dropped.
  const there = await cache.keys()
  const pages = await (await caches.open(PAGES)).keys()
  const kept = pages.map(({url}) => new URL(url).searchParams.get('mark'))
  const used = new Set([SITE.mark, ...kept, ...(await loading())])
  const lists = await Promise.all([...used].map(assetsOf))
  const wanted = new Set([...used].map((mark) => listKey(mark).href))
  for (const [path, hash] of lists.flatMap((list) => Object.entries(list ?? {}))) {
    wanted.add(key(path, {dpup: hash}).href)
  }
  const old = there.filter(({url}) => !wanted.has(url))
  await Promise.all(old.map((request) => cache.delete(request)))
}

/** Answer what pages of this site ask this site for; all else goes its way untouched. */
function answer(event) {
  const {request} = event
  const path = pathOf(request.url)
  if (request.method !== 'GET' || path === null || request.headers.has('range')) {
    return
  }
  if (request.mode === 'navigate' && path.endsWith('index.html')) {
    event.respondWith(page(event, path))
  } else if (path.startsWith('assets/')) {
    event.respondWith(asset(event, path))
  } else if (!/^(api|schema)\/|^(sw\.js|offline\.json)$/.test(path)) {
    event.respondWith(request.mode === 'navigate' ? bare(event, path) : file(event, path))
  }
}

/** Give a page: the newest, or the kept one where the network fails or dawdles. */
async function page(event, path) {
  const kept = await (await caches.open(PAGES)).match(key(path), ANY)
  const fresh = fetch(event.request)
  try {
    const response = await (kept ? soon(fresh) : fresh)
    if (kept && response.status >= 500) {
      throw new Error('the host has a fault')
    }
    if (response.status === 404 || response.status === 410) {
      event.waitUntil(drop(path, response.clone()))
    }
    if (isGood(response)) {
      const {mark, text} = readPage(response.clone())
      marks.set(event.resultingClientId, mark)
      event.waitUntil(text.then((whole) => keepPage(path, response, whole)))
    }
    return response
  } catch {
    event.waitUntil(keepLate(path, fresh))
    return kept ? serveKept(event, kept) : sendOffline(path)
  }
}

function soon(fresh) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error('late')), PATIENCE))
  return Promise.race([fresh, late])
}

/**
 * Forget a page that the site no longer has. Only the site itself can say so, by its own page for
 * wrong addresses: what a half-copied site or the log-in page of a network says is not to be trusted.
 */
async function drop(path, response) {
  if (await assetsOf(markIn(await response.text()))) {
    await (await caches.open(PAGES)).delete(key(path), ANY)
  }
}

async function keepLate(path, fresh) {
  const response = await fresh.catch(() => Response.error())
  if (isGood(response)) {
    await keepPage(path, response, await response.text())
  }
}

function serveKept(event, kept) {
  lost.add(event.resultingClientId)
  marks.set(event.resultingClientId, kept.headers.get('dpup-mark'))
  return kept
}

/** Lead to the page that says what is kept. At its own address, so that its links hold. */
function sendOffline(path) {
  if (path === OFFLINE) {
    return Response.error()
  }
  const to = key(OFFLINE)
  to.searchParams.set('from', path.replace(/index\.html$/, ''))
  return Response.redirect(to.href, 302)
}

/** Give an asset as the page needs it that asks. */
async function asset(event, path) {
  const mark = await markOf(event)
  const hash = ((await assetsOf(mark)) ?? {})[path]
  const cache = await caches.open(ASSETS)
  const kept = hash && (await cache.match(key(path, {dpup: hash})))
  if (kept) {
    return kept
  }
  try {
    const response = await fetch(event.request)
    if (hash && isGood(response)) {
      event.waitUntil(keepAsset(path, hash, response.clone()))
    }
    return response
  } catch (error) {
    // Who asks is unknown. An asset of a version other than the page's would do harm.
    const own = mark ? null : await cache.match(key(path, {dpup: SITE.assets[path]}))
    return own ?? Promise.reject(error)
  }
}

/** Say with which assets the page was made that asks; empty where that can't be known. */
async function markOf({clientId}) {
  if (marks.has(clientId)) {
    return marks.get(clientId)
  }
  // This run of the worker did not serve the page: the browser stops workers that rest.
  const client = await self.clients.get(clientId)
  const path = client && pathOf(client.url)
  const kept = path && (await (await caches.open(PAGES)).match(key(path), ANY))
  return kept?.headers.get('dpup-mark') ?? ''
}

/** Give what a reader opens that is no page: a file, or a page whose address lacks the last slash. */
async function bare(event, path) {
  const whole = `${path}/index.html`
  if (await (await caches.open(PAGES)).match(key(whole), ANY)) {
    const to = address(whole)
    to.search = new URL(event.request.url).search
    return Response.redirect(to.href, 302)
  }
  return file(event, path).catch(() => sendOffline(path))
}

/** Give another file from the network, or the kept one. */
async function file(event, path) {
  const kept = async () => (await caches.open(FILES)).match(key(path), ANY)
  if (lost.has(event.clientId)) {
    return (await kept()) ?? fetch(event.request)
  }
  try {
    return await fetch(event.request)
  } catch (error) {
    return (await kept()) ?? Promise.reject(error)
  }
}

/** Keep what a page shows that was loaded before this worker was there. */
async function keepShown(path, assets) {
  if ((await fetchPage(path, 'default')) === SITE.mark) {
    const known = withNeeds(assets.filter((name) => Object.hasOwn(SITE.assets, name)))
    // One that can't be kept stops no other.
    await Promise.allSettled(known.map(needAsset))
  }
}

/** Add what scripts load only on use: their reader may have no network by then. */
function withNeeds(assets) {
  const found = new Set(assets)
  // What is added while this goes on has its turn too.
  for (const path of found) {
    SITE.needs[path]?.forEach((name) => found.add(name))
  }
  return [...found]
}

/** Tell a page which version it has, and whether it came out of the cache. */
async function tell({source, ports}) {
  const path = pathOf(source.url)
  const cache = await caches.open(PAGES)
  const kept = path && (await cache.match(key(path), ANY))
  const version = (lost.has(source.id) && kept?.headers.get('dpup-version')) || SITE.version
  // The page about it is kept in any case; nobody asked for it.
  const pages = (await cache.keys()).filter(({url}) => pathOf(url) !== OFFLINE).length
  ports[0].postMessage({version, pages, mark: SITE.mark, lost: lost.has(source.id)})
}
