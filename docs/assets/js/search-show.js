/** Turns what was found into nodes. Whatever comes from the index is text, and never markup. */

const MARK = /<mark>(.*?)<\/mark>/su
const WORD = /^(.*?)(\p{P}*)$/su
// Pagefind joins words by single spaces, so only so many letters are compared.
const SAME = 12
const ESCAPES = {'&lt;': '<', '&gt;': '>'}

/**
 * Give the address of the site, ending with a slash.
 *
 * @param {HTMLElement} $root - of a component of the page
 * @returns {string} where the root of the site is
 */
export function baseOf($root) {
  const given = document.documentElement.dataset.base
  const $form = $root.closest('form') ?? $root.querySelector('form')
  // The page of the search stands right below the root.
  const way = given === undefined ? new URL('../', $form.action || location.href).href : given || './'
  return new URL(way.endsWith('/') ? way : `${way}/`, document.baseURI).href
}

/**
 * Make the item of a list for one thing.
 *
 * @param {object} text - what Pagefind loaded of it
 * @param {{base: string, reo: RegExp, level?: number}} setting - `level` makes the title a heading
 * @returns {HTMLLIElement} the item
 */
export function item(text, {base, reo, level}) {
  const {title, name, label, home} = text.meta
  const $link = element('a', 'dpup-found__link')
  // The address of the site comes first, so no address can leave it.
  $link.href = base + text.raw_url.replace(/^\/+/, '')
  $link.append(...marked(title ?? name ?? '', reo))
  const $title = element(level ? `h${level}` : 'p', 'dpup-found__title')
  $title.append($link)
  const $about = element('p', 'dpup-found__about')
  $about.append(...marked([label, home].filter(Boolean).join(', '), reo))
  const $item = element('li', 'dpup-found')
  $item.append($title, $about)
  if (level && text.excerpt) {
    const $excerpt = element('p', 'dpup-found__text')
    const [before, after] = cut(text)
    $excerpt.append(before, ...excerpt(text.excerpt, reo), after)
    $item.append($excerpt)
  }
  return $item
}

/** Give what stands for the words left out before an excerpt and after it. */
function cut({excerpt: html, raw_content: whole}) {
  const part = html.replace(/<\/?mark>/g, '').trim()
  return [
    whole.trimStart().startsWith(part.slice(0, SAME)) ? '' : '… ',
    whole.trimEnd().endsWith(part.slice(-SAME)) ? '' : ' …',
  ]
}

/** Turn an excerpt into nodes: its only tags are those that mark words, with their commas. */
function excerpt(html, reo) {
  return html.split(MARK).flatMap((piece, index) => {
    const text = piece.replace(/&[lg]t;/g, (found) => ESCAPES[found])
    if (index % 2 === 0) {
      return marked(text, reo)
    }
    const [, word, comma] = WORD.exec(text)
    const $mark = element('mark', 'dpup-found__mark')
    $mark.append(...marked(word, reo))
    return [$mark, document.createTextNode(comma)]
  })
}

/** Turn a text into nodes, its te reo Māori marked as such. */
function marked(text, reo) {
  return text.split(reo).map((piece, index) => {
    if (index % 2 === 0) {
      return document.createTextNode(piece)
    }
    const $span = document.createElement('span')
    $span.lang = 'mi'
    $span.textContent = piece
    return $span
  })
}

/**
 * Make the pattern that finds te reo Māori: some words, and every word with a macron.
 *
 * @param {string[]} words - those that have no macron, or are names
 * @returns {RegExp} its one group is a run of such words
 */
export function pattern(words) {
  const known = [...words].sort((one, other) => other.length - one.length || (one < other ? -1 : 1))
  const letter = '[\\p{L}\\p{N}_]'
  const escaped = known.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const unit = [...escaped, `${letter}*[āēīōū]${letter}*`].join('|')
  return new RegExp(`(?<!${letter})((?:${unit})(?!${letter})(?: (?:${unit})(?!${letter}))*)`, 'iu')
}

/**
 * Say what was looked for in place of what was typed.
 *
 * @param {object} answer - of the engine
 * @returns {string} sentences; empty when all was taken as typed
 */
export function told({instead, whole, total}) {
  const said = instead.map(({term, how, shown}) => {
    const words = new Intl.ListFormat('en', {type: 'disjunction'}).format([...new Set(shown)].slice(0, 3))
    return {
      'same word': `“${term}” is found as ${words}.`,
      near: `Nothing here has “${term}”. These are results for ${words}.`,
      none: `Nothing here has “${term}”.`,
    }[how]
  })
  if (whole === 0 && total) {
    said.push('Nothing has all of these words. What has most of them comes first.')
  } else if (whole && whole < total) {
    said.push(`What has all of these words comes first (${whole}), then what has some of them.`)
  }
  return said.join(' ')
}

function element(tag, name) {
  const $element = document.createElement(tag)
  $element.className = name
  return $element
}
