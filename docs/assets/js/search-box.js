/**
 * The search box in the header. Without script it is a plain form that leads to the page of the
 * search. With it, results come as you type; what shows them is loaded when somebody goes there.
 */
import {Component} from './component.js'

// Named here and not where it is imported: without the index, which is not kept with a page, the
// list is of no use, so a browser need not keep it either.
const LIST = './search-list.js'

/** A form with a field `q`. */
export default class SearchBox extends Component {
  constructor($root) {
    super($root)
    const $query = this.need('input')
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
