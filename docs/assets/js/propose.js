/**
 * A form that makes a valid entry in the browser. Nothing is sent; what is written is kept here.
 *
 * Its definition and its rules come from Python, as data of the page. The names and ids that there
 * are take more room, and are loaded when somebody begins.
 */
import {Component} from './component.js'
import {ask} from './dialog.js'
import {idOf, make, partOf} from './propose-boxes.js'
import * as keeping from './propose-kept.js'
import {Rows} from './propose-rows.js'
import * as storage from './storage.js'

const ID_BOX = {
  name: 'id',
  label: 'Id',
  prompt: 'You may leave this empty: the id is made of the title. It never changes later. Small letters, digits and hyphens.',
  kind: 'line',
  example: '',
  choices: [],
}

/** Give today's date where the reader is, as 2026-11-24. */
function today() {
  const now = new Date()
  const two = (number) => String(number).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/** The page. */
export default class Propose extends Component {
  constructor($root) {
    super($root)
    this.part = (name) => this.need(`[data-part="${name}"]`)
    this.page = JSON.parse(this.need('script').textContent)
    this.$kind = this.part('kind')
    this.$form = this.part('form')
    this.$kind.append(...this.page.forms.map((form) => make('option', {value: form.kind}, form.label)))
    this.$kind.addEventListener('change', () => this.choose(this.$kind.value))
    this.$form.addEventListener('submit', (event) => event.preventDefault())
    this.$form.addEventListener('input', (event) => this.take(event.target))
    this.$form.addEventListener('change', (event) => this.leave(event.target))
    this.$form.addEventListener('click', (event) => this.press(event.target.closest('[data-do]')))
    addEventListener('beforeunload', (event) => this.trouble && event.preventDefault())
    this.part('forge').hidden = !this.page.forge
    this.watch()
    this.reveal()
    this.choose(storage.read(keeping.LAST).value)
  }

  /** Load what judges a text, and what it is held against; once. */
  async load() {
    const [judging, out, paper, suggest, answer] = await Promise.all([
      import('./propose-check.js'),
      import('./propose-out.js'),
      import('./propose-print.js'),
      import('./propose-suggest.js'),
      fetch(this.page.known),
    ])
    if (!answer.ok) {
      throw new Error(`${this.page.known}: ${answer.status}`)
    }
    this.known = await answer.json()
    const kinds = Object.keys(this.page.lists)
    this.$form.append(...kinds.map((kind) => suggest.listOf(kind, this.known, judging.finder(this.known))))
    suggest.listen(this.$form, (said) => this.say(said))
    Object.assign(this, {judging, out, paper})
  }

  async choose(kind) {
    this.form = this.page.forms.find((form) => form.kind === kind)
    this.$form.hidden = !this.form
    if (!this.form) {
      return
    }
    this.$kind.value = kind
    storage.write(keeping.LAST, kind)
    this.begin(keeping.kept(kind))
    try {
      this.loading ??= this.load()
      await this.loading
      this.refresh()
    } catch (error) {
      this.loading = null
      console.error(error)
      this.say('The lists of this site could not be loaded, so nothing can be checked. Choose the kind again to try once more.')
    }
  }

  /** Show the boxes with what was written. */
  begin(said) {
    this.said = said
    this.seen = new Set()
    this.all = false
    const table = this.form.parts.find((part) => part.repeats)
    const linked = (box) => ({...box, all: this.page.lists[box.named] ?? ''})
    const boxes = table?.boxes.map(linked)
    this.rows = table && new Rows({...table, boxes}, said.rows, (what) => this.changedRows(what))
    const parts = this.form.parts.map((part) => ({...part, boxes: part.repeats ? [] : part.boxes.map(linked)}))
    parts[0].boxes.push(ID_BOX)
    this.part('boxes').replaceChildren(...parts.map((part) => partOf(part, said, this.rows?.$root)))
    this.part('more').hidden = true
    this.part('other').hidden = true
    this.say('')
  }

  /** Say it when another tab has changed what stands here: the one that writes next would win. */
  watch() {
    storage.onChanges('propose:', (key) => {
      if (this.form && (key === null || key === keeping.keyOf(this.form.kind))) {
        this.part('other').hidden = !keeping.differs(this.form.kind, this.said)
      }
    })
  }

  /** Go on with what another tab wrote. */
  takeOther() {
    this.begin(keeping.kept(this.form.kind))
    this.refresh()
    this.say('Here stands what the other tab wrote.')
    this.$kind.focus()
  }

  changedRows(what) {
    this.keep()
    this.refresh()
    this.say(what)
  }

  /** Take over what is written into a box. */
  take($box) {
    const {box, tick} = $box.dataset
    if (!box && !tick) {
      return
    }
    const row = $box.closest('[data-row]')?.dataset.row
    if (tick) {
      this.said.ticks[tick] = $box.checked
    } else if (row) {
      this.said.rows[row - 1][box] = $box.value
    } else if (box) {
      this.said.texts[box] = $box.value
    }
    this.keep()
    this.refresh()
  }

  /** From now on, say what is wrong with a box that somebody has left. */
  leave($box) {
    if (!$box.dataset.box && !$box.dataset.tick) {
      return
    }
    const row = $box.closest('[data-row]')?.dataset.row ?? 0
    this.seen.add(idOf($box.dataset.box ?? $box.dataset.tick?.split('.')[0] ?? '', Number(row)))
    this.refresh()
  }

  keep() {
    this.part('other').hidden = true
    this.trouble = storage.write(keeping.keyOf(this.form.kind), this.said)
    if (this.trouble) {
      this.say('This browser can’t keep what you write. Download the file before you leave this page.')
    }
  }

  /** Make the file anew, and say what is wrong. */
  refresh() {
    if (!this.judging) {
      return
    }
    const made = this.judging.judge(this.form, this.said, this.page, this.known, today())
    this.made = {...made, isItem: this.form.list}
    this.part('text').textContent = made.text
    this.part('printed').replaceChildren(...this.paper.printed(this.form, this.said))
    this.part('name').textContent = this.form.list ? `To add at the end of ${made.path}` : made.path
    this.part('more').hidden = true
    this.showProblems()
  }

  showProblems() {
    const wrong = new Map()
    for (const problem of this.made.problems) {
      const id = idOf(problem.box, problem.row)
      wrong.set(id, [...(wrong.get(id) ?? []), problem.said])
    }
    for (const $wrong of this.$form.querySelectorAll('.dpup-propose__wrong')) {
      const id = $wrong.id.replace(/_wrong$/, '')
      const said = this.all || this.seen.has(id) ? (wrong.get(id) ?? []) : []
      $wrong.replaceChildren(...said.map((each) => make('p', {}, each)))
      for (const $box of this.$form.querySelectorAll(`#${id}, [type=checkbox][aria-describedby="${id}_wrong"]`)) {
        $box[said.length ? 'setAttribute' : 'removeAttribute']('aria-invalid', 'true')
      }
    }
    this.showErrors()
  }

  /** Keep the list of all problems true once somebody has asked for it. */
  showErrors() {
    const $errors = this.part('errors')
    const {problems} = this.made
    $errors.hidden = !this.all || !problems.length
    const $links = problems.map((problem) => {
      const $link = make('a', {href: `#${this.target(problem)}`}, `${problem.label}: ${problem.said}`)
      $link.addEventListener('click', (event) => this.goTo(event, problem))
      return make('li', {}, $link)
    })
    $errors.querySelector('ul').replaceChildren(...$links)
    this.part('checked').replaceChildren(...this.made.checked.map((said) => make('li', {}, said)))
    this.part('checked').parentElement.hidden = !this.made.checked.length
  }

  /** Name the box of a problem; of several boxes to tick, the first. */
  target({box, row}) {
    const id = idOf(box, row)
    const $part = this.$form.querySelector(`[data-of="${CSS.escape(box)}"]`)
    return document.getElementById(id)?.id ?? ($part ?? this.part('boxes')).querySelector('input, select, textarea').id
  }

  goTo(event, problem) {
    event.preventDefault()
    document.getElementById(this.target(problem))?.focus()
  }

  async press($button) {
    const {do: does} = $button?.dataset ?? {}
    if (does === 'clear') {
      await this.clear()
    } else if (does === 'other') {
      this.takeOther()
    } else if (does && this.made) {
      await this.go(does)
    }
  }

  /** Check all, and go on only with a file that is sound. */
  async go(does) {
    this.all = true
    this.refresh()
    if (this.made.problems.length) {
      this.part('errors').focus()
      return
    }
    const $more = this.part('more')
    const ways = {
      check: () => 'Nothing is wrong. Now choose what to do with it.',
      save: () => this.out.download(this.made),
      copy: () => this.out.forMail(this.made, $more),
      forge: () => this.out.atForge(this.made, this.page.forge, $more),
    }
    this.say(await ways[does]())
  }

  async clear() {
    const others = keeping.others(this.page.forms, this.form)
    this.part('others').hidden = this.part('all').hidden = !others.length
    this.part('others').textContent = `This is about the form '${this.form.label}'. You also wrote into: ${keeping.labels(others)}.`
    const answer = await ask(this.part('sure'))
    if (!answer) {
      return
    }
    this.trouble = ''
    const trouble = keeping.forget([this.form, ...(answer === 'all' ? others : [])])
    this.begin(keeping.sound(null))
    this.refresh()
    const left = keeping.others(this.page.forms, this.form)
    const said = left.length ? `It is deleted. Still kept in this browser: ${keeping.labels(left)}.` : 'It is deleted.'
    this.say(trouble ? 'This browser does not let the page delete anything.' : said)
    this.$kind.focus()
  }

  say(said) {
    this.part('said').textContent = said
  }
}
