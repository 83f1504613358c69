/**
 * The facilitator's notes in a window of their own, for a second screen. The window belongs to the
 * page that opened it: it shows what it is given, and goes when the slides go.
 */

/** A second window; there is none until it is opened. */
export class NotesWindow {
  /** @param {(event: KeyboardEvent) => void} onKey - the keys of the slides work there too */
  constructor(onKey) {
    this.onKey = onKey
    this.window = null
  }

  get isOpen() {
    return Boolean(this.window) && !this.window.closed
  }

  /**
   * Open it, or bring it to the front.
   *
   * @returns {boolean} false when the browser does not allow it
   */
  open() {
    if (this.isOpen) {
      this.window.focus()
      return true
    }
    this.window = open('', '', 'popup,width=560,height=720')
    if (!this.window) {
      return false
    }
    const {document: there} = this.window
    there.documentElement.lang = document.documentElement.lang
    there.documentElement.className = 'dpup-deck-window'
    there.documentElement.dataset.scheme = document.documentElement.dataset.scheme ?? ''
    for (const $sheet of document.querySelectorAll('link[rel="stylesheet"]')) {
      const $copy = there.createElement('link')
      $copy.rel = 'stylesheet'
      $copy.href = $sheet.href
      there.head.append($copy)
    }
    there.addEventListener('keydown', this.onKey)
    return true
  }

  /**
   * Show notes.
   *
   * @param {string} title - of the window and its heading
   * @param {Node[]} nodes - of this page; they are copied
   */
  show(title, nodes) {
    if (!this.isOpen) {
      return
    }
    const {document: there} = this.window
    const $main = there.createElement('main')
    const $title = there.createElement('h1')
    $title.textContent = title
    $main.append($title, ...nodes.map((node) => there.importNode(node, true)))
    there.title = title
    there.body.replaceChildren($main)
  }

  close() {
    this.window?.close()
    this.window = null
  }
}
