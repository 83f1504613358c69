/**
 * Shows a notice on the page, with its gaps and with what stands behind each sentence. Words are
 * put in as text, never as markup.
 */
import {plain} from './notice-formats.js'
import {wordsIn} from './notice-text.js'

/**
 * Make nodes of a text in which te reo Māori is marked as that.
 *
 * @param {string} text - any words
 * @param {RegExp} reo - finds words in te reo Māori, from `finder`
 * @returns {Node[]} text and spans
 */
export function nodes(text, reo) {
  // Every second part is what the group of the expression found.
  return text.split(reo).map((part, number) => {
    if (number % 2 === 0) {
      return document.createTextNode(part)
    }
    const $span = document.createElement('span')
    $span.lang = 'mi'
    $span.textContent = part
    return $span
  })
}

/**
 * Make what finds te reo Māori: the words of a list, and every word with a macron.
 *
 * @param {string[]} words - of the template
 * @returns {RegExp} one group around what it finds, so that `split` keeps it
 */
export function finder(words) {
  const longest = [...words].sort((a, b) => b.length - a.length)
  const known = longest.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  const source = [...known, '[\\p{L}\\p{N}]*[āēīōūĀĒĪŌŪ][\\p{L}\\p{N}]*'].join('|')
  return new RegExp(`(?<![\\p{L}\\p{N}_])(${source})(?![\\p{L}\\p{N}_])`, 'u')
}

/**
 * Write words into an element, without links.
 *
 * @param {HTMLElement} $place - the element
 * @param {import('./notice-text.js').Word[]} words - in order
 * @param {RegExp} reo - finds words in te reo Māori
 */
export function write($place, words, reo) {
  $place.replaceChildren(...words.flatMap((word) => painted(word, reo, 'span')))
}

/**
 * Write a notice into the box of its text, without links.
 *
 * @param {HTMLElement} $text - the box
 * @param {import('./notice-text.js').Paragraph[]} shown - the notice
 * @param {RegExp} reo - finds words in te reo Māori
 */
export function paint($text, shown, reo) {
  $text.replaceChildren(...shown.flatMap((paragraph) => {
    const $words = document.createElement('p')
    write($words, wordsIn(paragraph), reo)
    return paragraph.heading ? [heading(paragraph.heading, reo), $words] : [$words]
  }))
}

function heading(text, reo) {
  const $heading = document.createElement('p')
  const $strong = document.createElement('strong')
  $heading.className = 'dpup-notice__heading'
  $strong.append(...nodes(text, reo))
  $heading.append($strong)
  return $heading
}

function painted({text, blank, field}, reo, tag) {
  if (!blank) {
    return nodes(text, reo)
  }
  const $blank = document.createElement(tag)
  $blank.className = 'dpup-blank'
  $blank.append('[', ...nodes(text, reo), ']')
  if (tag === 'a') {
    $blank.href = `#${field}`
    $blank.dataset.go = field
  }
  return [$blank]
}

/** The notice beside the answers: its paragraphs stay the same elements while they change. */
export class NoticeView {
  /**
   * @param {HTMLElement} $notice - the box that has the form of the notice
   * @param {{$why: HTMLTemplateElement, $sentence: HTMLTemplateElement}} parts - of each paragraph
   * @param {(name: string) => {label: string, practices: Node[], laws: Node[]}} behind - gives
   *   fresh nodes of what stands behind a field
   * @param {RegExp} reo - finds words in te reo Māori
   */
  constructor($notice, parts, behind, reo) {
    this.$notice = $notice
    this.$text = $notice.querySelector('.dpup-notice__text')
    this.parts = parts
    this.behind = behind
    this.reo = reo
    this.made = new Map()
  }

  /** Begin a notice of another form. */
  begin(form) {
    this.$notice.className = `dpup-notice dpup-notice--${form}`
    this.made = new Map()
  }

  /** @param {import('./notice-text.js').Paragraph[]} shown - the notice as it is now */
  show(shown) {
    const $parts = shown.map((paragraph) => this.part(paragraph))
    // Moving an element would take the focus out of it.
    if ($parts.length !== this.$text.children.length || $parts.some(($p, i) => $p !== this.$text.children[i])) {
      this.$text.replaceChildren(...$parts)
    }
  }

  part(paragraph) {
    const {key} = paragraph
    if (!this.made.has(key)) {
      this.made.set(key, this.make(paragraph))
    }
    const {$part, $words, $why} = this.made.get(key)
    $words.replaceChildren(
      ...wordsIn(paragraph).flatMap((word) => painted(word, this.reo, 'a'))
    )
    this.made.get(key).paragraph = paragraph
    if ($why.open) {
      this.explain($why, paragraph)
    }
    return $part
  }

  make(paragraph) {
    const $part = document.createElement('div')
    const $words = document.createElement('p')
    const $why = this.parts.$why.content.firstElementChild.cloneNode(true)
    $part.append(...(paragraph.heading ? [heading(paragraph.heading, this.reo)] : []), $words, $why)
    const made = {$part, $words, $why, paragraph}
    $why.addEventListener('toggle', () => {
      if ($why.open) {
        this.explain($why, made.paragraph)
      }
    })
    return made
  }

  /** Say what stands behind each sentence of a paragraph. */
  explain($why, {sentences}) {
    $why.querySelector('ul').replaceChildren(...sentences.map((sentence) => {
      const $item = this.parts.$sentence.content.firstElementChild.cloneNode(true)
      $item.querySelector('q').append(...nodes(plain({sentences: [sentence]}), this.reo))
      const found = sentence.fields.map((name) => this.behind(name)).filter(Boolean)
      list($item, '[data-fields]', found.map(({$label}) => $label))
      list($item, '[data-practices]', unique(found.flatMap(({practices}) => practices)))
      list($item, '[data-laws]', unique(found.flatMap(({laws}) => laws)))
      $item.querySelector('[data-none]').hidden = found.length > 0
      return $item
    }))
  }
}

function list($item, selector, $links) {
  const $place = $item.querySelector(selector)
  $place.hidden = !$links.length
  $links.forEach(($link, number) => $place.append(...(number ? ['; ', $link] : [$link])))
}

function unique($links) {
  return [...new Map($links.map(($link) => [$link.href, $link])).values()]
}
