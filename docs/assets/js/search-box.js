/**
 * The search box in the header. Without script it is a plain form that leads to the page of the
 * search. With it, results come as you type; what shows them is loaded when somebody goes there.
 * And no word is sent then: it leads to that page with the words behind the `#`.
 */
import {Component} from './component.js'
import {withAsked} from './search-address.js'

// Named here and not where it is imported: without the index, which is not kept with a page, the
// list is of no use, so a browser need not keep it either.
const LIST = './search-list.js'

/** A form with a field `q`. */
export default class SearchBox extends Component {
  constructor($root) {
    super($root)
    const $query = this.need('input')
    $root.addEventListener('submit', (event) => {
      event.preventDefault()
      const q = $query.value.trim()
      location.assign(withAsked($root.action, q ? {q} : {}))
    })
    $query.addEventListener('focus', () => this.begin())
    if (document.activeElement === $query) {
      this.begin()
    }
  }

  async begin() {
    if (this.begun) {
      return
    }
    this.begun = true
    try {
      const {SearchList} = await import(LIST)
      new SearchList(this.$root)
    } catch (error) {
      // The form still leads to the page of the search. The next focus tries again.
      console.error(error)
      this.begun = false
    }
  }
}
