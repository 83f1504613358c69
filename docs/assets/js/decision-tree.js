/**
 * The questions and outcomes of a decision helper, as its page says them, and the ways through
 * them. It reads the page and changes nothing on it.
 */

const START = '#way='
const VERSION = /^\d+\.\d+\.\d+$/

/**
 * @typedef {object} Answer
 * @property {string} id - unique in its question
 * @property {string} text - what people choose
 * @property {string} means - what it means already; may be empty
 * @property {string} next - id of the question or outcome that it leads to
 * @property {HTMLAnchorElement} $link - what is pressed
 */

/**
 * @typedef {object} Stop
 * @property {string} id - of a question or outcome
 * @property {boolean} isEnd - true for an outcome
 * @property {string} title - the question, or the name of the outcome
 * @property {string} label - its name and number: `Question 2`
 * @property {string} fingerprint - changes with its wording
 * @property {Answer[]} answers - none for an outcome
 * @property {string[]} steps - what to do; none for a question
 * @property {HTMLElement} $section - where it stands
 */

/** @typedef {{question: string, answer: string, fingerprint: string, asked: string, said: string}} Step */

/** @typedef {{stops: Map<string, Stop>, first: string}} Tree */

/**
 * Read the tree off a page.
 *
 * @param {HTMLElement[]} $sections - questions and outcomes, in order
 * @returns {Tree} all of them by id, and the id of the first
 */
export function read($sections) {
  const stops = new Map($sections.map(($section) => [$section.id, stop($section)]))
  return {stops, first: $sections[0].id}
}

/** Read one question or outcome. */
function stop($section) {
  return {
    id: $section.id,
    isEnd: $section.dataset.stop === 'outcome',
    title: words($section.querySelector('[data-title]')),
    label: words($section.querySelector('.dpup-decision__label')),
    fingerprint: $section.dataset.fingerprint,
    answers: [...$section.querySelectorAll('[data-answer]')].map(answer),
    steps: [...$section.querySelectorAll('[data-step]')].map(words),
    $section
  }
}

function answer($link) {
  return {
    id: $link.dataset.answer,
    text: words($link.querySelector('[data-text]')),
    means: words($link.parentElement.querySelector('[data-means]')),
    next: $link.hash.slice(1),
    $link
  }
}

/** The words of an element on one line; none where there is no element. */
function words($element) {
  return ($element?.textContent ?? '').split(/\s+/).filter(Boolean).join(' ')
}

/**
 * Take one answer to a question.
 *
 * @param {Stop} stop - the question
 * @param {Answer} answer - one of its answers
 * @returns {Step} with the wording of today
 */
export function step({id, fingerprint, title}, answer) {
  return {question: id, answer: answer.id, fingerprint, asked: title, said: answer.text}
}

/**
 * Go a way as far as it still holds.
 *
 * @param {Tree} tree - as it is now
 * @param {{question: string, answer: string, fingerprint?: string}[]} way - what was answered;
 *   without a fingerprint, the wording makes no difference
 * @returns {{steps: Step[], here: string, lost: number}} the steps that hold, where they lead,
 *   and how many do not hold
 */
export function follow(tree, way) {
  const steps = []
  let here = tree.first
  for (const {question, answer: chosen, fingerprint} of way) {
    const at = tree.stops.get(here)
    const given = at.answers.find(({id}) => id === chosen)
    const reworded = fingerprint !== undefined && fingerprint !== at.fingerprint
    if (question !== here || !given || reworded) {
      break
    }
    steps.push(step(at, given))
    here = given.next
  }
  return {steps, here, lost: way.length - steps.length}
}

/**
 * Find an answer that was given.
 *
 * @param {Tree} tree - that holds it
 * @param {Step} given - a step that holds
 * @returns {Answer} the answer
 */
export function chosen(tree, given) {
  return tree.stops.get(given.question).answers.find(({id}) => id === given.answer)
}

/**
 * Count the questions that may still come, this one included.
 *
 * @param {Tree} tree - without circles, which the check of the content sees to
 * @param {string} id - of a question or outcome
 * @param {Map<string, number>} known - what was counted before
 * @returns {number} on the longest way; 0 for an outcome
 */
export function ahead(tree, id, known = new Map()) {
  if (!known.has(id)) {
    const ends = tree.stops.get(id).answers.map(({next}) => ahead(tree, next, known))
    known.set(id, ends.length ? 1 + Math.max(...ends) : 0)
  }
  return known.get(id)
}

/**
 * Write a way so that an address can hold it. It stands behind the # sign: browsers keep that
 * part to themselves and send it to no server.
 *
 * @param {string} version - of the helper, so that whoever gets the address can be told
 * @param {Step[]} steps - of the way
 * @returns {string} with the # sign; empty for no steps
 */
export function written(version, steps) {
  const pairs = steps.map(({question, answer: chosen}) => `${question}.${chosen}`)
  return pairs.length ? START + [version, ...pairs].join('/') : ''
}

/**
 * Read a way from an address.
 *
 * @param {string} hash - of the address, with the # sign
 * @returns {{version: string, way: {question: string, answer: string}[]}|null} null when it holds
 *   no way
 */
export function parsed(hash) {
  if (!hash.startsWith(START)) {
    return null
  }
  const [version, ...pairs] = hash.slice(START.length).split('/').filter(Boolean)
  const way = pairs.map((pair) => {
    const [question, chosen = ''] = pair.split('.')
    return {question, answer: chosen}
  })
  return {version: VERSION.test(version) ? version : 'unknown', way}
}
