/** What there is to name: the browser offers it while somebody writes, and one box adds it to a list. */
import {make} from './propose-boxes.js'

/** Give the shortest way to name each thing of a kind so that it is found, and its wordings. */
function namesOf(kind, known, find) {
  const found = new Map()
  for (const [name, id] of known.names[kind]) {
    const names = found.get(id) ?? []
    const isWords = name !== id && !/^https?:/.test(name)
    found.set(id, isWords && find.one(kind, name) === id ? [...names, name] : names)
  }
  // What has its name in common with something else can only be told by its id.
  return [...found].flatMap(([id, names]) => (names.length ? names : [id]))
}

/** Make the list that the boxes of a kind share. */
export function listOf(kind, known, find) {
  const $options = namesOf(kind, known, find).map((name) => make('option', {value: name}))
  return make('datalist', {id: `propose_known_${kind}`}, ...$options)
}

/** Put a name into a box with one on each line, as if somebody had written it. */
function add($list, $name) {
  const name = $name.value.trim()
  if (name) {
    $list.value = [$list.value.trimEnd(), name].filter(Boolean).join('\n')
    $name.value = ''
    $list.dispatchEvent(new Event('input', {bubbles: true}))
    $list.dispatchEvent(new Event('change', {bubbles: true}))
  }
  $name.focus()
  return name
}

/** Let a click, or Enter on a name that is known, add it. */
export function listen($form, say) {
  const put = ($pick) => {
    const name = add(document.getElementById($pick.dataset.pick), $pick.querySelector('input'))
    say(name ? `Added: ${name}` : 'Write or choose a name first.')
  }
  $form.addEventListener('click', ({target}) => {
    if (target.closest('[data-pick] button')) {
      put(target.closest('[data-pick]'))
    }
  })
  $form.addEventListener('keydown', (event) => {
    const $pick = event.target.closest('[data-pick]')
    if (!$pick || event.key !== 'Enter' || event.target.localName !== 'input') {
      return
    }
    event.preventDefault()
    // Enter also takes over what the browser offers, and then only a part of it stands here.
    const isKnown = [...event.target.list.options].some(({value}) => value === event.target.value)
    if (isKnown) {
      put($pick)
    }
  })
}
