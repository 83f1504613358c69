/**
 * SHA-256 (FIPS 180-4) of a short text.
 *
 * The browser's own works in pages served over HTTPS only; a copy of this site in the network of
 * an office may not be. It guards nothing here: it shortens ids as the Python side does.
 */

const PRIMES = primes(64)
const K = PRIMES.map((prime) => fraction(Math.cbrt(prime)))
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))

function primes(count) {
  const found = []
  for (let number = 2; found.length < count; number += 1) {
    if (found.every((prime) => number % prime !== 0)) {
      found.push(number)
    }
  }
  return found
}

/** Give the first 32 bits behind the point. */
function fraction(number) {
  return Math.floor((number % 1) * 2 ** 32) >>> 0
}

/**
 * @param {string} text - any text
 * @returns {string} its SHA-256 over UTF-8, in 64 hexadecimal digits
 */
export function sha256(text) {
  const words = padded(new TextEncoder().encode(text))
  let state = START
  for (let at = 0; at < words.length; at += 16) {
    state = block(state, words.slice(at, at + 16))
  }
  return state.map((word) => word.toString(16).padStart(8, '0')).join('')
}

/** Give the message as words of 32 bits: a one, zeros and its length stand behind it. */
function padded(bytes) {
  const size = Math.ceil((bytes.length + 9) / 64) * 64
  const whole = new Uint8Array(size)
  whole.set(bytes)
  whole[bytes.length] = 0x80
  const view = new DataView(whole.buffer)
  view.setUint32(size - 4, bytes.length * 8)
  return Array.from({length: size / 4}, (_, number) => view.getUint32(number * 4))
}

function turn(word, by) {
  return (word >>> by) | (word << (32 - by))
}

function block(state, words) {
  const w = [...words]
  for (let t = 16; t < 64; t += 1) {
    const s0 = turn(w[t - 15], 7) ^ turn(w[t - 15], 18) ^ (w[t - 15] >>> 3)
    const s1 = turn(w[t - 2], 17) ^ turn(w[t - 2], 19) ^ (w[t - 2] >>> 10)
    w[t] = (w[t - 16] + s0 + w[t - 7] + s1) >>> 0
  }
  let [a, b, c, d, e, f, g, h] = state
  for (let t = 0; t < 64; t += 1) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
    const one = (h + s1 + ((e & f) ^ (~e & g)) + K[t] + w[t]) >>> 0
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) >>> 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) >>> 0, c, b, a, (one + two) >>> 0]
  }
  return [a, b, c, d, e, f, g, h].map((word, number) => (word + state[number]) >>> 0)
}
