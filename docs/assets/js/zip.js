/**
 * Zip archives, as every file of Word and Excel is one: read with all checks, and written so that
 * the same content gives the same bytes. Nothing here knows what the files in it are.
 *
 * Source: the format of PKWARE's APPNOTE; no part of it that Office files never use (Zip64,
 * encryption, several disks).
 */

/** An archive can't be read or made; the message is a sentence for people. */
export class ZipError extends Error {
  name = 'ZipError'
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END_SIZE = 22
const STORED = 0
const DEFLATED = 8
const ENCRYPTED = 1
const UTF8 = 0x800
// 1 January 1980, the earliest day that an archive can hold: the clock must not get in.
const DAY = (1 << 5) | 1
// A form is some 40 KB and unpacks to less than 1 MB. What is far larger is none.
const MOST_BYTES = 100_000_000
const MOST_FILES = 1_000
const FIRST = ['[Content_Types].xml', '_rels/.rels']

/**
 * Unpack an archive.
 *
 * @param {ArrayBuffer|Uint8Array} data - the whole archive
 * @returns {Promise<Map<string, Uint8Array>>} the files by name, in the order of the archive
 * @throws {ZipError} when it is damaged, or no archive at all
 */
export async function readZip(data) {
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data)
  const entries = listed(bytes)
  if (entries.reduce((sum, entry) => sum + entry.size, 0) > MOST_BYTES) {
    throw new ZipError('The archive unpacks to far more than a document holds.')
  }
  const files = new Map()
  for (const entry of entries) {
    if (files.has(entry.name)) {
      throw new ZipError(`The archive has two files named ${entry.name}.`)
    }
    files.set(entry.name, await content(bytes, entry))
  }
  return files
}

/** List what the directory at the end of an archive names. */
function listed(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const end = endOf(view)
    const count = view.getUint16(end + 10, true)
    if (count > MOST_FILES) {
      throw new ZipError('The archive has far more files than a document.')
    }
    const found = []
    let at = view.getUint32(end + 16, true)
    for (let number = 0; number < count; number += 1) {
      found.push(entryAt(bytes, view, at))
      at = found.at(-1).next
    }
    return found.filter((entry) => !entry.name.endsWith('/'))
  } catch (error) {
    // A place beyond the end of the file.
    throw error instanceof RangeError ? new ZipError('The archive is cut off.') : error
  }
}

/** Find the end of the directory; a comment may stand behind it. */
function endOf(view) {
  const first = Math.max(0, view.byteLength - END_SIZE - 0xffff)
  for (let at = view.byteLength - END_SIZE; at >= first; at -= 1) {
    if (view.getUint32(at, true) === END) {
      return at
    }
  }
  throw new ZipError('This is not an archive.')
}

/** Read one line of the directory. */
function entryAt(bytes, view, at) {
  if (view.getUint32(at, true) !== CENTRAL) {
    throw new ZipError('The directory of the archive is damaged.')
  }
  const nameSize = view.getUint16(at + 28, true)
  const start = at + 46
  return {
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    local: view.getUint32(at + 42, true),
    name: new TextDecoder().decode(bytes.subarray(start, start + nameSize)),
    next: start + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true),
  }
}

/** Give what one file holds, and make sure that it is whole. */
async function content(bytes, entry) {
  const packed = packedBytes(bytes, entry)
  const found = entry.method === DEFLATED ? await inflated(packed, entry) : packed
  if (found.length !== entry.size || crc32(found) !== entry.crc) {
    throw damaged(entry)
  }
  return found
}

/** Give the bytes of one file as they stand in the archive. */
function packedBytes(bytes, entry) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const known = entry.method === STORED || entry.method === DEFLATED
  if (!known || entry.flags & ENCRYPTED) {
    throw new ZipError(`${entry.name} is packed in a way that can't be read.`)
  }
  if (entry.local + 30 > bytes.length || view.getUint32(entry.local, true) !== LOCAL) {
    throw damaged(entry)
  }
  const names = view.getUint16(entry.local + 26, true) + view.getUint16(entry.local + 28, true)
  const start = entry.local + 30 + names
  if (start + entry.packed > bytes.length) {
    throw damaged(entry)
  }
  return bytes.subarray(start, start + entry.packed)
}

function damaged(entry) {
  return new ZipError(`${entry.name} is damaged in the archive.`)
}

/** Unpack, and stop as soon as there is more than was promised. */
async function inflated(packed, entry) {
  if (typeof DecompressionStream === 'undefined') {
    throw new ZipError('This browser is too old to unpack a file.')
  }
  const found = new Uint8Array(entry.size)
  let length = 0
  const reader = through(packed, new DecompressionStream('deflate-raw')).getReader()
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      found.set(read.value, length) // a RangeError when there is no room left
      length += read.value.length
    }
  } catch {
    reader.cancel().catch(() => {})
    throw damaged(entry)
  }
  return found.subarray(0, length)
}

function through(bytes, transform) {
  return new Blob([bytes]).stream().pipeThrough(transform)
}

/**
 * Pack files in a fixed order with fixed times.
 *
 * @param {Map<string, Uint8Array>} files - by name
 * @param {string} type - the MIME type of what comes out
 * @returns {Promise<Blob>} the archive
 */
export async function writeZip(files, type) {
  const parts = []
  const directory = []
  let at = 0
  for (const name of [...files.keys()].sort(inOrder)) {
    const entry = await packed(name, files.get(name))
    const head = header(entry)
    parts.push(head, entry.bytes)
    directory.push(header(entry, at))
    at += head.length + entry.bytes.length
  }
  const size = directory.reduce((sum, line) => sum + line.length, 0)
  return new Blob([...parts, ...directory, ending(directory.length, size, at)], {type})
}

function inOrder(one, other) {
  const rank = (name) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
  return rank(one) - rank(other) || (one < other ? -1 : 1)
}

/** Pack one file, or leave it as it is where the browser can't pack or packing saves nothing. */
async function packed(name, bytes) {
  const known = {name: new TextEncoder().encode(name), crc: crc32(bytes), size: bytes.length}
  if (typeof CompressionStream !== 'undefined') {
    const made = through(bytes, new CompressionStream('deflate-raw'))
    const small = new Uint8Array(await new Response(made).arrayBuffer())
    if (small.length < bytes.length) {
      return {...known, method: DEFLATED, bytes: small}
    }
  }
  return {...known, method: STORED, bytes}
}

/** Make the header before a file; with the place of that header, its line in the directory. */
function header(entry, place = null) {
  const central = place !== null
  const shift = central ? 2 : 0
  const head = new Uint8Array((central ? 46 : 30) + entry.name.length)
  const view = new DataView(head.buffer)
  view.setUint32(0, central ? CENTRAL : LOCAL, true)
  view.setUint16(4, 20, true) // made by, or needs, version 2.0
  if (central) {
    view.setUint16(6, 20, true)
    view.setUint32(42, place, true)
  }
  view.setUint16(6 + shift, UTF8, true)
  view.setUint16(8 + shift, entry.method, true)
  view.setUint16(12 + shift, DAY, true)
  view.setUint32(14 + shift, entry.crc, true)
  view.setUint32(18 + shift, entry.bytes.length, true)
  view.setUint32(22 + shift, entry.size, true)
  view.setUint16(26 + shift, entry.name.length, true)
  head.set(entry.name, central ? 46 : 30)
  return head
}

function ending(count, size, at) {
  const end = new Uint8Array(END_SIZE)
  const view = new DataView(end.buffer)
  view.setUint32(0, END, true)
  view.setUint16(8, count, true)
  view.setUint16(10, count, true)
  view.setUint32(12, size, true)
  view.setUint32(16, at, true)
  return end
}

const TABLE = Uint32Array.from({length: 256}, (_, number) => {
  let value = number
  for (let bit = 0; bit < 8; bit += 1) {
    value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return value
})

/** Give the check sum that an archive keeps of each file. */
function crc32(bytes) {
  let value = 0xffffffff
  for (const byte of bytes) {
    value = (value >>> 8) ^ TABLE[(value ^ byte) & 0xff]
  }
  return (value ^ 0xffffffff) >>> 0
}
