/**
 * Narrows a list by what its items say of themselves in data attributes.
 *
 * Without this script the list is whole and the form stays hidden. The choice is kept in the
 * address, so that it can be sent to somebody; nothing is stored and nothing is sent.
 */

/**
 * Start one form of choices.
 *
 * @param {HTMLFormElement} $form - the form; `data-narrow` is the id of its list
 */
export function narrow($form) {
  const $list = document.getElementById($form.dataset.narrow)
  if (!$list) {
    return
  }
  const $selects = [...$form.querySelectorAll('select')]
  const given = new URLSearchParams(location.search)
  for (const $select of $selects) {
    const wanted = given.get($select.name)
    if ([...$select.options].some(($option) => $option.value === wanted)) {
      $select.value = wanted
    }
  }
  const update = () => {
    show($list, $selects)
    tell($form, $list)
    remember($selects)
  }
  $form.addEventListener('change', update)
  $form.addEventListener('submit', (event) => event.preventDefault())
  // The browser clears the choices only after the event.
  $form.addEventListener('reset', () => setTimeout(update))
  $form.hidden = false
  show($list, $selects)
  tell($form, $list)
}

/** Hide what does not fit every choice, and sections in which nothing is left. */
function show($list, $selects) {
  const wanted = $selects.filter(($select) => $select.value)
  for (const $item of $list.querySelectorAll('li')) {
    $item.hidden = !wanted.every(($select) =>
      ($item.dataset[$select.name] ?? '').split(' ').includes($select.value)
    )
  }
  for (const $section of $list.querySelectorAll('section')) {
    $section.hidden = !$section.querySelector('li:not([hidden])')
  }
}

/** Say how many are left; screen readers hear it, since it is a status. */
function tell($form, $list) {
  const all = $list.querySelectorAll('li').length
  const left = $list.querySelectorAll('li:not([hidden])').length
  const name = all === 1 ? $form.dataset.one : $form.dataset.many
  const none = left === 0 ? ' Choose "Any" somewhere to see more.' : ''
  $form.querySelector('[role="status"]').textContent = `${left} of ${all} ${name} shown.${none}`
}

/** Keep the choices in the address. */
function remember($selects) {
  const address = new URL(location.href)
  for (const $select of $selects) {
    if ($select.value) {
      address.searchParams.set($select.name, $select.value)
    } else {
      address.searchParams.delete($select.name)
    }
  }
  history.replaceState(history.state, '', address)
}

for (const $form of document.querySelectorAll('form[data-narrow]')) {
  narrow($form)
}
