/**
 * Results below the field of the search box as you type, in a list of links.
 *
 * The list is one of links and not of options, so that screen readers can read it as they read any list. There is no key
 * that jumps to the field from anywhere: single letters are keys of screen readers and of speech.
 */
import {withAsked} from './search-address.js'
import {baseOf, item, pattern, told} from './search-show.js'

const FEW = 6
const PAUSE = 200

/** What a form with a field `q` shows. */
export class SearchList {
  /** @param {HTMLFormElement} $root - its field may have been written into */
  constructor($root) {
    this.$root = $root
    this.$query = $root.querySelector('input')
    this.$status = document.createElement('p')
    this.$status.className = 'dpup-unseen'
    this.$status.setAttribute('role', 'status')
    this.$panel = document.createElement('div')
    this.$panel.className = 'dpup-search-box__panel'
    this.$panel.hidden = true
    this.$list = document.createElement('ul')
    this.$list.className = 'dpup-search-box__list'
    this.$all = document.createElement('a')
    this.$all.className = 'dpup-search-box__all'
    // Those who see the list are told in it what the status tells those who listen.
    this.$note = document.createElement('p')
    this.$note.className = 'dpup-search-box__note'
    this.$panel.append(this.$note, this.$list, this.$all)
    $root.append(this.$status, this.$panel)
    this.turn = 0
    this.listen()
    this.update()
  }

  listen() {
    this.$query.addEventListener('input', () => {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.update(), PAUSE)
    })
    this.$query.addEventListener('focus', () => {
      this.$panel.hidden = !this.$list.children.length
      if (this.late) {
        this.update()
      }
    })
    // They lead to the page of the search, which may be this one. Then what has the focus stays.
    this.$root.addEventListener('submit', () => this.close())
    this.$all.addEventListener('click', () => {
      this.$query.focus()
      this.close()
    })
    this.$root.addEventListener('keydown', (event) => this.key(event))
    this.$root.addEventListener('focusout', ({relatedTarget}) => {
      if (relatedTarget && !this.$root.contains(relatedTarget)) {
        this.close()
      }
    })
    document.addEventListener('pointerdown', ({target}) => {
      if (!this.$root.contains(target)) {
        this.close()
      }
    })
  }

  /** Arrows go through the list; Escape leaves it. */
  key(event) {
    const links = [this.$query, ...(this.$panel.hidden ? [] : this.$panel.querySelectorAll('a'))]
    const at = links.indexOf(document.activeElement)
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key]
    if (step && at >= 0 && links[at + step]) {
      event.preventDefault()
      links[at + step].focus()
    } else if (event.key === 'Escape' && !this.$panel.hidden) {
      // The first Escape closes the list; the field would also be emptied by it.
      event.preventDefault()
      this.$query.focus()
      this.close()
    }
  }

  close() {
    clearTimeout(this.timer)
    this.turn++
    this.$panel.hidden = true
    this.$status.textContent = ''
  }

  /** Look for what the field says now; an older answer that comes late is dropped. */
  async update() {
    const turn = ++this.turn
    const query = this.$query.value.trim()
    if (query.length < 2) {
      this.$list.replaceChildren()
      this.close()
      return
    }
    try {
      const [{load}] = await Promise.all([import('./search-engine.js'), style()])
      const engine = await load(baseOf(this.$root))
      const answer = await engine.search(query)
      const texts = await Promise.all(answer.found.slice(0, FEW).map((thing) => thing.data()))
      // Who is in the list already keeps it: another would take the focus, or the link, from under them.
      this.late = this.$panel.contains(document.activeElement)
      if (turn === this.turn && !this.late) {
        this.show(query, engine, answer, texts)
      }
    } catch (error) {
      // The form still leads to the page of the search, which says what else there is.
      console.error(error)
    }
  }

  show(query, engine, answer, texts) {
    const setting = {base: engine.base, reo: pattern(engine.reo)}
    this.$list.replaceChildren(...texts.map((text) => item(text, setting)))
    this.$list.hidden = !texts.length
    const number = answer.found.length
    this.$all.href = withAsked(this.$root.action, {q: query})
    this.$all.textContent = number > FEW ? `All ${number} results` : 'Search page, with other ways to look'
    const what = number === 1 ? '1 result' : `${number || 'No'} results`
    const how = number ? ' The down arrow leads to them.' : ''
    const said = told(answer)
    this.$status.textContent = [`${what}.${how}`, said].filter(Boolean).join(' ')
    this.$note.textContent = said || (number ? '' : `${what}.`)
    this.$note.hidden = !this.$note.textContent
    this.$panel.hidden = false
  }
}

let styled = null

/** Load the style of the list, which no page needs before it is used. */
function style() {
  styled ??= new Promise((done) => {
    const $link = document.createElement('link')
    $link.rel = 'stylesheet'
    $link.href = new URL('../css/search-box.css', import.meta.url)
    $link.onload = $link.onerror = done
    document.head.append($link)
  })
  return styled
}
