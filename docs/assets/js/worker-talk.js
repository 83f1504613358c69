/** What every page needs to start the worker that keeps pages, and to speak with it. */

/** The address of the site; this file lies two folders below it. */
export const base = new URL('../../', import.meta.url)

/** Say whether this browser can keep pages here: it takes a secure address. */
export function canKeep() {
  return isSecureContext && 'serviceWorker' in navigator && 'caches' in globalThis
}

/**
 * Ask the worker something.
 *
 * @param {ServiceWorker|null} worker
 * @param {{ask: string}} message
 * @returns {Promise<any>} its answer; null when it gives none within two seconds
 */
export function askWorker(worker, message) {
  return new Promise((resolve) => {
    if (!worker) {
      resolve(null)
      return
    }
    const {port1, port2} = new MessageChannel()
    port1.onmessage = ({data}) => resolve(data)
    worker.postMessage(message, [port2])
    setTimeout(() => resolve(null), 2000)
  })
}
