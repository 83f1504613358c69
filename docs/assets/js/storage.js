/**
 * What this browser keeps for its reader. Nothing here throws, and nothing is sent anywhere.
 *
 * Storage can be switched off, full, or hold what somebody else wrote. Each answer says so, and
 * the caller has to tell the reader: whatever could not be kept must not seem to be kept.
 */

const PREFIX = 'dpup:'

/** Storage is switched off, as in some private windows. */
export const BLOCKED = 'blocked'
/** There is no room left. */
export const FULL = 'full'
/** What is kept can't be read. It stays where it is, and a copy is in `text`. */
export const CORRUPT = 'corrupt'

/**
 * Read what is kept under a key.
 *
 * @param {string} key - without the prefix
 * @returns {{value: any, trouble: string, text: string|null}} `value` is null when there is
 *   nothing or it can't be read; `text` is what is kept, as it is
 */
export function read(key) {
  let text = null
  try {
    text = localStorage.getItem(PREFIX + key)
  } catch {
    return {value: null, trouble: BLOCKED, text}
  }
  try {
    return {value: text === null ? null : JSON.parse(text), trouble: '', text}
  } catch {
    return {value: null, trouble: CORRUPT, text}
  }
}

/**
 * Keep a value.
 *
 * @param {string} key - without the prefix
 * @param {any} value - anything that JSON can hold
 * @returns {string} the trouble; empty when it is kept
 */
export function write(key, value) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value))
    return ''
  } catch (error) {
    const full = error instanceof DOMException && error.name === 'QuotaExceededError'
    return full && hasRoomForNothing() ? FULL : BLOCKED
  }
}

/** Some browsers answer "full" where they mean "off": then nothing at all is kept. */
function hasRoomForNothing() {
  try {
    return localStorage.length > 0
  } catch {
    return false
  }
}

/**
 * Forget a key.
 *
 * @param {string} key - without the prefix
 * @returns {string} the trouble; empty when it is gone
 */
export function remove(key) {
  try {
    localStorage.removeItem(PREFIX + key)
    return ''
  } catch {
    return BLOCKED
  }
}

/**
 * List the keys that begin so.
 *
 * @param {string} beginning - without the prefix
 * @returns {string[]} keys without the prefix, sorted
 */
export function keys(beginning) {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX + beginning))
      .map((key) => key.slice(PREFIX.length))
      .sort()
  } catch {
    return []
  }
}

/**
 * Keep a text as it is, for instance one that can't be read.
 *
 * @param {string} key - without the prefix
 * @param {string} text
 * @returns {string} the trouble; empty when it is kept
 */
export function writeText(key, text) {
  try {
    localStorage.setItem(PREFIX + key, text)
    return ''
  } catch {
    return hasRoomForNothing() ? FULL : BLOCKED
  }
}

/**
 * Tell when another tab keeps something else under a key.
 *
 * @param {string} key - without the prefix
 * @param {() => void} listener - reads it again
 */
export function onChange(key, listener) {
  addEventListener('storage', (event) => {
    // A null key means that all was cleared.
    if (event.key === PREFIX + key || event.key === null) {
      listener()
    }
  })
}

/**
 * Tell when another tab keeps something else under any key that begins so.
 *
 * @param {string} beginning - without the prefix
 * @param {(key: string|null, text: string|null) => void} listener - is given the key without the
 *   prefix and what the other tab wrote; null for a key that is gone, and for all keys at once
 */
export function onChanges(beginning, listener) {
  addEventListener('storage', ({key, newValue}) => {
    if (key === null || key.startsWith(PREFIX + beginning)) {
      listener(key === null ? null : key.slice(PREFIX.length), newValue)
    }
  })
}
