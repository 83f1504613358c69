/** The parts of an Office file: XML in a zip archive, changed as trees and never as text. */
import {FilledError} from './filled-sheet.js'
import {ZipError, readZip, writeZip} from './zip.js'

export const XML = 'http://www.w3.org/XML/1998/namespace'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** An Office file whose parts can be read, changed and packed again. */
export class Package {
  /**
   * @param {Map<string, Uint8Array>} files - the parts by name
   * @param {string} cure - what to do when one of them can't be read
   */
  constructor(files, cure) {
    this.files = files
    this.cure = cure
    this.trees = new Map()
  }

  /** Make the error for a file that is not what it should be. */
  broken(what) {
    return new FilledError(`${what} ${this.cure}`)
  }

  /** Name the parts that start so. */
  names(start) {
    return [...new Set([...this.files.keys(), ...this.trees.keys()])].filter((name) =>
      name.startsWith(start)
    )
  }

  /**
   * Give a part as a tree; what is changed in it is written when the file is packed.
   *
   * @param {string} name - its place in the archive
   * @returns {Document} its tree
   * @throws {FilledError} when there is none, or it is no XML
   */
  tree(name) {
    if (!this.trees.has(name)) {
      const bytes = this.files.get(name)
      if (!bytes) {
        throw this.broken(`The file has no part ${name}.`)
      }
      this.trees.set(name, this.parsed(new TextDecoder().decode(bytes), name))
    }
    return this.trees.get(name)
  }

  /** Add a part. */
  add(name, text) {
    this.trees.set(name, this.parsed(text, name))
  }

  parsed(text, name) {
    const tree = new DOMParser().parseFromString(text, 'application/xml')
    if (tree.querySelector('parsererror') || tree.doctype) {
      throw this.broken(`The part ${name} of the file can't be read.`)
    }
    return tree
  }

  /**
   * Pack all parts.
   *
   * @param {string} type - the MIME type of the file
   * @returns {Promise<Blob>} the file
   */
  pack(type) {
    const files = new Map(this.files)
    for (const [name, tree] of this.trees) {
      const text = new XMLSerializer().serializeToString(tree.documentElement)
      files.set(name, new TextEncoder().encode(DECLARATION + text))
    }
    return writeZip(files, type)
  }
}

/**
 * Change an Office file.
 *
 * @param {ArrayBuffer} data - the file
 * @param {string} type - its MIME type
 * @param {string} cure - what to do when it can't be read
 * @param {function(Package): void} change - changes its parts
 * @returns {Promise<Blob>} the changed file
 * @throws {FilledError} when the file is damaged in any way, or cannot be changed so
 */
export async function changed(data, type, cure, change) {
  try {
    const file = new Package(await readZip(data), cure)
    change(file)
    return await file.pack(type)
  } catch (error) {
    if (error instanceof FilledError) {
      throw error
    }
    // A broken part causes whatever it happens to cause.
    const what = error instanceof ZipError ? error.message : "This file is not a form as we made it."
    throw new FilledError(`${what} ${cure}`, {cause: error})
  }
}

/**
 * Make an element.
 *
 * @param {Document} tree - where it will stand
 * @param {string} space - its namespace
 * @param {string} name - with the prefix
 * @param {Object<string, string>} [attributes] - of the same namespace where they have its prefix
 * @param {...(Node|string)} inside - its children
 * @returns {Element} the element
 */
export function element(tree, space, name, attributes = {}, ...inside) {
  const $made = tree.createElementNS(space, name)
  const [prefix] = name.split(':')
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('xml:')) {
      $made.setAttributeNS(XML, key, value)
    } else {
      $made.setAttributeNS(key.startsWith(`${prefix}:`) ? space : null, key, value)
    }
  }
  $made.append(...inside)
  return $made
}
