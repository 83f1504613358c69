/** The button that changes between light and dark colours. Without it the page follows the machine. */
import {Component} from './component.js'
import {onChange, read, write} from './storage.js'

const DARK = matchMedia('(prefers-color-scheme: dark)')

/** A button; its two labels are in `data-dark` and `data-light`. */
export default class Scheme extends Component {
  constructor($root) {
    super($root)
    this.$page = document.documentElement
    $root.addEventListener('click', () => this.choose(this.next))
    DARK.addEventListener('change', () => this.show())
    onChange('scheme', () => this.follow())
    $root.hidden = false
    this.show()
  }

  /** The colours that a press brings. */
  get next() {
    const now = this.$page.dataset.scheme ?? (DARK.matches ? 'dark' : 'light')
    return now === 'dark' ? 'light' : 'dark'
  }

  choose(scheme) {
    this.$page.dataset.scheme = scheme
    // Where nothing can be kept, the choice holds for this page.
    write('scheme', scheme)
    this.show()
  }

  /** Do as another tab did. */
  follow() {
    const {value} = read('scheme')
    if (value === 'dark' || value === 'light') {
      this.$page.dataset.scheme = value
    } else {
      delete this.$page.dataset.scheme
    }
    this.show()
  }

  show() {
    this.$root.textContent = this.$root.dataset[this.next]
  }
}
