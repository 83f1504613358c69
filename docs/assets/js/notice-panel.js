/** The notice beside the answers, with its length, its reading age and what stands behind it. */
import {asSpoken, asText} from './notice-formats.js'
import {gaps, paragraphs} from './notice-text.js'
import {NoticeView, paint} from './notice-view.js'
import {measure} from './reading.js'

// Long enough that a screen reader is not interrupted while its reader writes.
const PAUSE = 1_000
const YOUNGEST = 8
const OLDEST = 18

/** The panel of the chosen notice. */
export class Panel {
  /**
   * @param {HTMLElement} $root - of the component
   * @param {HTMLElement} $side - the panel in it
   * @param {object} template - the data of the page
   * @param {RegExp} reo - finds words in te reo Māori
   */
  constructor($root, $side, template, reo) {
    this.$root = $root
    this.$side = $side
    this.template = template
    this.reo = reo
    this.$pick = $side.querySelector('[data-variant]')
    const parts = {
      $why: $side.querySelector('template[data-why]'),
      $sentence: $side.querySelector('template[data-sentence]')
    }
    const $notice = $side.querySelector('[data-notice]')
    this.view = new NoticeView($notice, parts, (name) => this.behind(name), this.reo)
    this.shown = []
    this.begin()
    this.watch()
  }

  /** The way to the notice is of no use while the notice is in sight. */
  watch() {
    const $jump = this.$root.querySelector('.dpup-builder__jump')
    new IntersectionObserver(([{isIntersecting}]) => {
      $jump.classList.toggle('dpup-builder__jump--away', isIntersecting)
    }).observe(this.$side)
  }

  get variant() {
    return this.template.variants.find(({id}) => id === this.$pick.value)
  }

  /** What actions need to know of the notice. */
  get notice() {
    return {shown: this.shown, variant: this.variant, template: this.template, reo: this.reo}
  }

  /** Begin the notice that is chosen now. */
  begin() {
    this.view.begin(this.variant.form)
    this.done('')
    const $use = this.$of(this.variant.id)?.querySelector('.dpup-notice__use')
    this.$side.querySelector('[data-use]').replaceChildren(...($use?.cloneNode(true).childNodes ?? []))
  }

  /** The notice as it stands on the page without script. */
  $of(id) {
    return this.$root.querySelector(`[data-of="${CSS.escape(id)}"]`)
  }

  /** Show every notice with these answers. */
  show(values) {
    for (const variant of this.template.variants) {
      const shown = paragraphs(this.template, variant, values)
      const $text = this.$of(variant.id)?.querySelector('.dpup-notice__text')
      if ($text) {
        paint($text, shown, this.reo)
      }
      if (variant === this.variant) {
        this.shown = shown
        this.view.show(shown)
      }
    }
    this.measure()
    clearTimeout(this.pause)
    this.pause = setTimeout(() => this.tell(), PAUSE)
  }

  measure() {
    const text = asText(this.shown)
    const {limit} = this.variant
    const {words} = measure(text)
    const characters = [...text].length
    const over = limit && characters > limit
    const $length = this.$side.querySelector('[data-length]')
    const most = limit ? ` of at most ${limit}` : ''
    const more = over ? `: ${characters - limit} too many` : ''
    $length.textContent = `${words} words, ${characters} characters${most}${more}`
    $length.classList.toggle('dpup-builder__over', Boolean(over))
    const known = new Set(this.template.reo.flatMap((said) => said.toLowerCase().split(' ')))
    const {age} = measure(asSpoken(this.shown), (word) => known.has(word.toLowerCase()))
    this.$side.querySelector('[data-age]').textContent = inWords(age)
  }

  /** Say how many gaps are left; screen readers hear it, so only when it has changed. */
  tell() {
    const count = gaps(this.shown)
    const left = count === 1 ? '1 gap left' : `${count || 'No'} gaps left`
    const $status = this.$side.querySelector('[data-gaps]')
    const text = `${left}.`
    if ($status.textContent !== text) {
      $status.textContent = text
      this.$root.querySelector('[data-jump-gaps]').textContent = text
    }
  }

  /** Tell what has been done with the notice. */
  done(text) {
    this.$side.querySelector('[data-done]').textContent = text
  }

  /**
   * Find what the page says stands behind a field.
   *
   * @param {string} name - of the field
   * @returns {{$label: HTMLElement, practices: HTMLElement[], laws: HTMLElement[]}|null} copies
   */
  behind(name) {
    const $field = this.$root.querySelector(`.dpup-field[id="${CSS.escape(name)}"]`)
    if (!$field) {
      return null
    }
    const $label = document.createElement('a')
    $label.href = `#${name}`
    $label.dataset.go = name
    $label.append(...$field.querySelector('h3').cloneNode(true).childNodes)
    const copies = (selector) => [...$field.querySelectorAll(selector)].map(($a) => $a.cloneNode(true))
    return {
      $label,
      practices: copies('.dpup-behind a'),
      laws: copies('.dpup-item__behind .dpup-facets a')
    }
  }
}

/** Say a reading age: below and above what school covers the measure says nothing exact. */
function inWords(age) {
  if (age === null) {
    return 'too short to say'
  }
  if (age <= YOUNGEST) {
    return `${YOUNGEST} or younger`
  }
  return age >= OLDEST ? `${OLDEST} or older` : `about ${age}`
}
