/**
 * The work that lies open in this tab, and those that this tab could not keep. No DOM.
 *
 * Whatever happens to the browser's storage, the work goes on in memory. `trouble` says what is not
 * kept, and the caller tells the reader.
 */
import {NEWER} from './assessments.js'
import {BLOCKED} from './storage.js'

/** The open work was deleted in another tab; it is still here, in memory. */
export const DELETED = 'deleted'
/** A newer version of the page has saved the open work; what is here can't be joined with it. */
export const OUTDATED = 'outdated'

/** Opens, changes and keeps named works. */
export class Desk {
  /**
   * @param {import('./assessments.js').Assessments} store
   * @param {() => void} tell - is called after each change, also of another tab
   */
  constructor(store, tell) {
    this.store = store
    this.tell = tell
    /** The open work; null when there is none yet. */
    this.work = null
    /** What keeps the open work from being kept; empty when it is kept. */
    this.trouble = ''
    /** Works that are not kept in the browser, by id. */
    this.loose = new Map()
    /** Ids of those among them that another tab deleted: only a change here saves them again. */
    this.deleted = new Set()
    store.watch((id, work) => this.seen(id, work))
  }

  /** Give all works in the order of their names: those kept, and those that are only here. */
  all() {
    const {works} = this.store.list()
    const found = new Map([...works.map((work) => [work.id, work]), ...this.loose])
    if (this.work) {
      found.set(this.work.id, this.work)
    }
    return [...found.values()].sort((one, other) => one.name.localeCompare(other.name))
  }

  /** Open a work by its id; none when there is no such work. */
  open(id) {
    const {work, trouble} = id ? this.store.load(id) : {work: null, trouble: ''}
    this.work = this.loose.get(id) ?? work
    this.trouble = this.deleted.has(id) ? DELETED : trouble
    if (this.loose.has(id) && !this.deleted.has(id)) {
      this.keep()
    }
    if (this.work) {
      this.store.use(id)
    }
    this.tell()
  }

  /** Open a work that was made just now, and keep it. */
  add(work) {
    this.work = work
    this.keep()
    this.store.use(work.id)
    this.tell()
  }

  /** Put another version in the place of the open work, and keep it. */
  change(work) {
    this.work = work
    this.keep()
    this.tell()
  }

  keep() {
    const {work, trouble} = this.store.save(this.work)
    this.work = work
    this.trouble = trouble === NEWER ? OUTDATED : trouble
    this.deleted.delete(work.id)
    if (trouble) {
      this.loose.set(work.id, work)
    } else {
      this.loose.delete(work.id)
      this.keepLoose()
    }
  }

  /** Room may have been made: try again with what could not be kept. */
  keepLoose() {
    for (const [id, work] of this.unkept) {
      if (this.store.save(work).trouble === '') {
        this.loose.delete(id)
      }
    }
  }

  /** Give what should be kept and is not, by id. */
  get unkept() {
    return [...this.loose].filter(([id]) => !this.deleted.has(id))
  }

  /**
   * Delete the open work, and open the one that was changed last.
   *
   * @returns {any} the deleted one, to give to `add` when the reader wants it back
   */
  remove() {
    const gone = this.work
    this.store.remove(gone.id)
    this.loose.delete(gone.id)
    this.deleted.delete(gone.id)
    this.work = null
    const left = this.all().sort((one, other) => other.changed - one.changed)
    this.open(left[0]?.id)
    return gone
  }

  /** Another tab has changed or deleted something. */
  seen(id, work) {
    const mine = this.work && (id === null || id === this.work.id)
    if (mine && !work) {
      this.loose.set(this.work.id, this.work)
      this.deleted.add(this.work.id)
      this.trouble = DELETED
    } else if (mine) {
      this.join(work)
    } else if (!this.work) {
      // Nothing was begun here: go on with what was begun there.
      this.work = work
    }
    this.tell()
  }

  join(work) {
    const both = this.store.shape.merge(this.work, work)
    this.work = both
    if (this.store.shape.same(both, work)) {
      this.loose.delete(work.id)
      this.deleted.delete(work.id)
      this.trouble = ''
    } else {
      // The other tab had not seen all that is here: it gets the rest.
      this.keep()
    }
  }

  /** The page may have slept while another tab wrote: look again. */
  wake() {
    if (this.work && this.trouble !== BLOCKED) {
      const {work, trouble} = this.store.load(this.work.id)
      if (work) {
        this.join(work)
      } else if (trouble === NEWER) {
        this.trouble = OUTDATED
      } else if (!this.loose.has(this.work.id)) {
        this.seen(this.work.id, null)
      }
    }
    this.tell()
  }
}
