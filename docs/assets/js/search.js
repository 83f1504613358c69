/**
 * The page of the search: results as you type, and choices that narrow them.
 *
 * What is looked for is kept in the address and nowhere else, behind the `#`, and nothing of it is
 * sent: the index is searched in this browser. The engine is loaded when there is something to look for.
 */
import {Component} from './component.js'
import {askedIn, withAsked} from './search-address.js'
import {baseOf, item, pattern, told} from './search-show.js'

const FEW = 8
const PAUSE = 250

/** A form with `q` and choices, and places for what is found. */
export default class Search extends Component {
  constructor($root) {
    super($root)
    this.$form = this.need('form')
    this.$query = this.need('[name="q"]')
    this.$status = this.need('[role="status"]')
    this.$list = this.need('.dpup-search__results')
    this.$heading = this.need('.dpup-search__heading')
    this.$more = this.need('.dpup-search__more')
    this.$none = this.need('.dpup-search__none')
    this.selects = this.all('select')
    this.labels = new Map(this.all('option').map(($option) => [$option, $option.textContent]))
    this.found = []
    this.turn = 0
    this.read()
    this.listen()
    this.need('.dpup-search__off').hidden = true
    this.reveal()
    this.update()
  }

  /** Take what the address says, where it is one of the choices. */
  read() {
    const given = askedIn(location)
    if (!given) {
      return
    }
    this.$query.value = given.get('q') ?? ''
    for (const $select of this.selects) {
      const wanted = given.get($select.name) ?? ''
      $select.value = [...$select.options].some(($option) => $option.value === wanted) ? wanted : ''
    }
  }

  listen() {
    const later = () => {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.update(), PAUSE)
    }
    const now = (event) => {
      event.preventDefault()
      clearTimeout(this.timer)
      this.update()
    }
    this.$query.addEventListener('input', later)
    this.$form.addEventListener('submit', now)
    this.$form.addEventListener('change', (event) => event.target === this.$query || now(event))
    this.need('[data-clear]').addEventListener('click', (event) => {
      this.selects.forEach(($select) => { $select.value = '' })
      now(event)
    })
    this.need('.dpup-search__more button').addEventListener('click', () => this.show())
    addEventListener('hashchange', () => {
      if (askedIn(location)) {
        this.read()
        this.update()
      }
    })
  }

  get chosen() {
    return Object.fromEntries(
      this.selects.filter(($select) => $select.value).map(($select) => [$select.name, $select.value])
    )
  }

  /** Look for what the form says now; an older answer that comes late is dropped. */
  async update() {
    const turn = ++this.turn
    const query = this.$query.value.trim()
    const chosen = this.chosen
    this.remember(query, chosen)
    if (!query && !Object.keys(chosen).length) {
      delete document.documentElement.dataset.asks
      this.clear('')
      return
    }
    try {
      const {load} = await import('./search-engine.js')
      this.engine = await this.engineOf(load)
      const answer = await this.engine.search(query, chosen)
      if (turn === this.turn) {
        await this.tell(query, answer)
      }
    } catch (error) {
      console.error(error)
      if (turn === this.turn) {
        this.clear('The search can’t be loaded just now. Try again, or use the lists below.')
      }
    }
  }

  async engineOf(load) {
    if (!this.engine) {
      this.$status.textContent = 'Loading the search …'
      const engine = await load(baseOf(this.$root))
      this.setting = {base: engine.base, reo: pattern(engine.reo), level: 3}
      return engine
    }
    return this.engine
  }

  /** Keep what is looked for in the address, so that it can be sent and gone back to. */
  remember(query, chosen) {
    const asked = {...(query && {q: query}), ...chosen}
    if (!askedIn(location) && !Object.keys(asked).length) {
      return // A link leads to a place on this page, and nothing is looked for.
    }
    const address = withAsked(location.href, asked)
    if (address.href !== location.href) {
      history.replaceState(history.state, '', address)
    }
  }

  clear(said) {
    this.found = []
    this.$list.replaceChildren()
    this.$list.hidden = this.$heading.hidden = this.$more.hidden = this.$none.hidden = true
    this.$status.textContent = said
    for (const [$option, label] of this.labels) {
      $option.textContent = label
    }
    this.need('.dpup-search__chosen').textContent = ''
  }

  async tell(query, answer) {
    const turn = this.turn
    const first = await texts(answer.found.slice(0, FEW))
    if (turn !== this.turn) {
      return
    }
    this.clear('')
    this.found = answer.found
    this.count(answer.counts)
    this.append(first)
    this.$none.hidden = answer.found.length > 0
    const number = answer.found.length
    const what = number === 1 ? '1 result' : `${number || 'No'} results`
    const of = number < answer.total ? ` of ${answer.total}` : ''
    const asked = query ? ` for “${query}”` : ''
    this.$status.textContent = [`${what}${of}${asked}.`, told(answer)].filter(Boolean).join(' ')
  }

  /** Say beside each choice how many results it would leave. */
  count(counts) {
    for (const $select of this.selects) {
      for (const $option of [...$select.options].filter(({value}) => value)) {
        const number = counts.get(`${$select.name}:${$option.value}`) ?? 0
        $option.textContent = `${this.labels.get($option)} (${number})`
      }
    }
    const chosen = this.selects.filter(($select) => $select.value)
    const names = chosen.map(($select) => this.labels.get($select.selectedOptions[0]))
    this.need('.dpup-search__chosen').textContent = names.length ? `: ${names.join(', ')}` : ''
  }

  /** Show the next results, and go to the first of them. */
  async show() {
    const turn = this.turn
    const from = this.$list.children.length
    const more = await texts(this.found.slice(from, from + FEW))
    if (turn === this.turn) {
      this.append(more)
      this.$list.children[from].querySelector('a').focus()
    }
  }

  append(loaded) {
    this.$list.append(...loaded.map((text) => item(text, this.setting)))
    this.$list.hidden = this.$heading.hidden = !this.$list.children.length
    this.$more.hidden = this.$list.children.length >= this.found.length
  }
}

/** Load the texts of some things. */
function texts(things) {
  return Promise.all(things.map((thing) => thing.data()))
}
