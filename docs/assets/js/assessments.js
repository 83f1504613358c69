/**
 * Named works of the reader, side by side, each under a key of its own in this browser.
 *
 * A work is an assessment, a notice, anything with an `id` and a `name`. What a work holds and how
 * two copies of it are joined is told by a shape, so that any component can keep its works here:
 * `new Assessments('purpose-statement', {toStore, fromStore, merge, same})`.
 */
import * as storage from './storage.js'

/** It was kept by a newer version of this site. It is left alone. */
export const NEWER = 'newer'
const FORMAT = 'dpup-work/1'
const ANY_FORMAT = /^dpup-work\/\d+$/

/**
 * @typedef {object} Shape
 * @property {(work: any) => object} toStore - plain data; its format is added here
 * @property {(kept: any) => any} fromStore - the work; null when it is not one
 * @property {(one: any, other: any) => any} merge - joins two copies, in any order
 * @property {(one: any, other: any) => boolean} same
 */

/** All works on one entry, for instance all assessments of one checklist. */
export class Assessments {
  /**
   * @param {string} entry - id of the checklist or template
   * @param {Shape} shape
   */
  constructor(entry, shape) {
    this.entry = entry
    this.shape = shape
    this.beginning = `work:${entry}:`
    this.aside = `lost:${entry}:`
  }

  /** Make an id that no other tab makes. */
  newId() {
    // Not randomUUID: a site without https lacks it.
    const bytes = crypto.getRandomValues(new Uint8Array(8))
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  }

  /**
   * List what is kept, in the order of names.
   *
   * @returns {{works: any[], trouble: string}} NEWER when one of them can't be read here yet
   */
  list() {
    const ids = storage.keys(this.beginning).map((key) => key.slice(this.beginning.length))
    const loaded = ids.map((id) => this.load(id))
    const works = loaded.map(({work}) => work).filter(Boolean)
    works.sort((one, other) => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1))
    return {works, trouble: loaded.map(({trouble}) => trouble).find(Boolean) ?? ''}
  }

  /**
   * Read one. What can't be read is put aside under another key, word for word.
   *
   * @param {string} id
   * @returns {{work: any, trouble: string}} no work when there is none or it can't be read
   */
  load(id) {
    const {value, trouble, text} = storage.read(this.beginning + id)
    if (text === null) {
      return {work: null, trouble}
    }
    if (trouble === '' && ANY_FORMAT.test(value?.format) && value.format !== FORMAT) {
      return {work: null, trouble: NEWER}
    }
    const work = trouble ? null : this.sound(value, id)
    if (!work) {
      this.putAside(id, text)
    }
    return {work, trouble: work ? '' : storage.CORRUPT}
  }

  sound(value, id) {
    const work = value?.format === FORMAT ? this.shape.fromStore(value) : null
    return work?.id === id && work.entry === this.entry ? work : null
  }

  /** Move a text to a key of the same length, so that there is room for it in a full storage. */
  putAside(id, text) {
    const taken = storage.read(this.aside + id).text !== null
    const key = this.aside + (taken ? `${id}.${this.newId()}` : id)
    storage.remove(this.beginning + id)
    if (storage.writeText(key, text) !== '') {
      storage.writeText(this.beginning + id, text)
    }
  }

  /**
   * Give what could not be read.
   *
   * @returns {{key: string, text: string}[]} each as it was kept
   */
  broken() {
    return storage.keys(this.aside).map((key) => ({key, text: storage.read(key).text ?? ''}))
  }

  /** Forget all that could not be read. */
  forgetBroken() {
    storage.keys(this.aside).forEach(storage.remove)
  }

  /**
   * Keep a work, joined with what another tab has kept of it meanwhile.
   *
   * @param {any} work
   * @returns {{work: any, trouble: string}} the work as it is now
   */
  save(work) {
    const {work: kept, trouble: found} = this.load(work.id)
    if (found === NEWER) {
      return {work, trouble: found}
    }
    const both = kept ? this.shape.merge(work, kept) : work
    const trouble = storage.write(this.beginning + work.id, {format: FORMAT, ...this.shape.toStore(both)})
    return {work: both, trouble}
  }

  /** Delete one; gives the trouble. */
  remove(id) {
    return storage.remove(this.beginning + id)
  }

  /** Remember which one was used last, in any tab. */
  use(id) {
    storage.write(`last:${this.entry}`, id)
  }

  /** Give the id of the one that was used last; empty when not known. */
  lastUsed() {
    const {value} = storage.read(`last:${this.entry}`)
    return typeof value === 'string' ? value : ''
  }

  /**
   * Tell when another tab changes a work.
   *
   * What the other tab wrote is handed on, and not what is kept now: this tab may have written
   * over it in the same moment.
   *
   * @param {(id: string|null, work: any) => void} listener - no work when it was deleted; no id
   *   when all was cleared
   */
  watch(listener) {
    storage.onChanges(this.beginning, (key, text) => {
      const id = key === null ? null : key.slice(this.beginning.length)
      if (text === null) {
        listener(id, null)
      } else if (this.read(text, id)) {
        listener(id, this.read(text, id))
      }
    })
  }

  read(text, id) {
    try {
      return this.sound(JSON.parse(text), id)
    } catch {
      return null
    }
  }
}
