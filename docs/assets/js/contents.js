/** The list of contents: marks the part that is being read, and closes on phones when one is chosen. */
import {Component, idIn} from './component.js'

/** A `details` with a link to each heading. */
export default class Contents extends Component {
  constructor($root) {
    super($root)
    this.$links = new Map(this.all('a').map(($link) => [idIn($link.hash), $link]))
    const watcher = new IntersectionObserver((seen) => this.mark(seen), {rootMargin: '0px 0px -70% 0px'})
    for (const id of this.$links.keys()) {
      const $heading = document.getElementById(id)
      if ($heading) {
        watcher.observe($heading)
      }
    }
    $root.addEventListener('click', ({target}) => {
      if (target.closest('a')) {
        $root.open = false
      }
    })
  }

  mark(seen) {
    const entered = seen.filter(({isIntersecting}) => isIntersecting).at(-1)
    if (!entered) {
      return
    }
    for (const $link of this.$links.values()) {
      $link.removeAttribute('aria-current')
    }
    this.$links.get(entered.target.id)?.setAttribute('aria-current', 'location')
  }
}
