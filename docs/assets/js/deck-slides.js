/**
 * The slides of a workshop, read from its page: what people see, and what the facilitator does.
 * Nothing is typed twice, and nothing is on a slide that is not on the page.
 */

/**
 * @typedef {object} Slide
 * @property {string} title - its heading
 * @property {string} part - the part of the agenda that it belongs to; empty for the first
 * @property {number} until - the minute of the session at which its part ends
 * @property {DocumentFragment} body - what stands below the heading
 * @property {DocumentFragment} notes - for the facilitator
 */

/**
 * Read all slides.
 *
 * @param {ParentNode} $page - the page of a workshop
 * @returns {Slide[]} the title first; a part without slides of its own shows its aim
 */
export function readSlides($page) {
  const slides = [opening($page)]
  let minute = 0
  for (const $part of $page.querySelectorAll('.dpup-part')) {
    minute += Number($part.dataset.minutes)
    slides.push(...ofPart($part, minute))
  }
  return slides
}

/** The first slide has the title, and the agenda to point at. */
function opening($page) {
  const body = new DocumentFragment()
  const $list = document.createElement('ol')
  for (const $part of $page.querySelectorAll('.dpup-part > h2')) {
    const $item = document.createElement('li')
    $item.append(...copies($part.childNodes))
    $list.append($item)
  }
  body.append($list)
  const notes = new DocumentFragment()
  const $summary = $page.querySelector('.dpup-entry__summary')
  notes.append(...($summary ? copies([$summary]) : []))
  return {title: text($page.querySelector('h1')), part: '', until: 0, body, notes}
}

function ofPart($part, until) {
  const part = text($part.querySelector('h2'))
  const notes = notesOf($part)
  const $slides = [...$part.querySelectorAll(':scope > .dpup-slide')]
  if (!$slides.length) {
    const body = new DocumentFragment()
    body.append(...copies($part.querySelectorAll(':scope > p:first-of-type')))
    return [{title: part, part, until, body, notes}]
  }
  return $slides.map(($slide) => {
    const $title = $slide.querySelector('h3')
    const below = [...$slide.children].filter(($it) => $it !== $title && !$it.matches('.dpup-slide__label'))
    const body = new DocumentFragment()
    body.append(...copies(below))
    return {title: text($title), part, until, body, notes}
  })
}

/** The aim, what to do and say, and the practices behind it. */
function notesOf($part) {
  const notes = new DocumentFragment()
  const $notes = $part.querySelector(':scope > h3[id^="dpup_notes_"] + ul')
  const $aim = $part.querySelector(':scope > p:first-of-type')
  notes.append(...copies([$aim, $notes].filter(Boolean)))
  return notes
}

/** Copy what is there, without ids: each stands once on a page. Headings move up by one level. */
function copies(nodes) {
  return [...nodes].map((node) => {
    const $copy = node.cloneNode(true)
    for (const $it of [$copy, ...($copy.querySelectorAll?.('[id]') ?? [])]) {
      $it.removeAttribute?.('id')
    }
    return $copy.nodeName === 'H4' ? higher($copy) : $copy
  })
}

function higher($heading) {
  const $new = document.createElement('h3')
  $new.append(...$heading.childNodes)
  return $new
}

function text($element) {
  return $element.textContent.trim()
}
