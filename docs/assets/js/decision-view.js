/** What a decision helper shows beside its questions: the record, and what went wrong. */
import {spokenDay} from './days.js'

/**
 * Show a record: each answer can be changed, and each can have a note.
 *
 * @param {HTMLElement} $record - holds the list and the template of one answer
 * @param {import('./decision-record.js').Record} record - what was answered
 * @param {(id: string, $note: HTMLTextAreaElement) => void} onNote - hears what is written
 */
export function showRecord($record, {answers, outcome, day}, onNote) {
  const part = (name) => $record.querySelector(`[data-${name}]`)
  const $template = part('step-template')
  part('way').replaceChildren(
    ...answers.map((entry, index) => {
      const $step = $template.content.firstElementChild.cloneNode(true)
      fill($step, entry, index, onNote)
      return $step
    })
  )
  part('day').textContent = day ? `Answered on ${spokenDay(day)}.` : ''
  const $end = part('end')
  $end.hidden = !outcome
  part('outcome').textContent = outcome?.title ?? ''
  $end.querySelector('[data-note]').value = outcome?.note ?? ''
  $end.querySelector('[data-printed]').textContent = outcome?.note ?? ''
}

/** Fill in one answer. */
function fill($step, {question, asked, said, means, note}, index, onNote) {
  const part = (name) => $step.querySelector(`[data-${name}]`)
  part('asked').textContent = asked
  part('said').textContent = said
  part('change').dataset.change = index
  part('about').textContent = ` the answer to: ${asked}`
  part('meant').textContent = means
  part('meant').hidden = !means
  const $note = part('note')
  $note.value = note
  $note.setAttribute('aria-label', `Note on: ${asked}`)
  $note.addEventListener('input', () => onNote(question, $note))
  part('printed').textContent = note
  part('noted').open = note !== ''
}

/**
 * Mark the answer that was given to a question before.
 *
 * @param {import('./decision-tree.js').Stop} stop - the question
 * @param {string|undefined} answer - id of that answer
 */
export function markBefore(stop, answer) {
  for (const {id, $link} of stop.answers) {
    $link.classList.toggle('dpup-decision__answer--before', id === answer)
    $link.querySelector('[data-before]')?.remove()
    if (id === answer) {
      const $mark = document.createElement('span')
      $mark.className = 'dpup-decision__before'
      $mark.dataset.before = ''
      $mark.textContent = 'your answer before'
      $link.append(' ', $mark)
    }
  }
}

/**
 * Show what stands in the way of keeping answers, if anything does.
 *
 * @param {HTMLElement} $root - of the helper
 * @param {string} trouble - `other`, or one of storage; empty when there is none
 */
export function showTrouble($root, trouble) {
  for (const $notice of $root.querySelectorAll('[data-notice]:not([data-notice="changed"])')) {
    $notice.hidden = $notice.dataset.notice !== trouble
  }
  $root.querySelector('[data-kept]').hidden = trouble !== ''
}

/**
 * Show which answers no longer fit the helper of today.
 *
 * @param {HTMLElement} $root - of the helper
 * @param {import('./decision-state.js').State} state - with the answers that do not fit
 */
export function showChanges($root, {then, version, old, steps}) {
  const part = (name) => $root.querySelector(`[data-${name}]`)
  $root.querySelector('[data-notice="changed"]').hidden = !then
  part('then').textContent = then
  part('now').textContent = version
  const again = old.length ? ` ${old.length} to look at again:` : ''
  part('carried').textContent = `${steps.length} carried over.${again}`
  part('old').replaceChildren(...old.map(line))
}

function line({asked, said, note}) {
  const $line = document.createElement('li')
  $line.textContent = [asked, said, note].filter(Boolean).join(' · ')
  return $line
}
