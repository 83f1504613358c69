/**
 * Narrows a list by what its items say of themselves in data attributes.
 *
 * Without this script the list is whole and the form stays hidden. The choice is kept in the
 * address, so that it can be sent to somebody; nothing is stored and nothing is sent.
 */
import {Component, ElementError} from './component.js'

/** A form of choices; `data-narrow` is the id of its list. */
export default class Narrow extends Component {
  constructor($root) {
    super($root)
    const $list = document.getElementById($root.dataset.narrow)
    if (!$list) {
      throw new ElementError(this.name, `#${$root.dataset.narrow} not found`)
    }
    const $selects = this.all('select')
    choose($selects, new URLSearchParams(location.search))
    const update = () => {
      show($list, $selects)
      tell($root, $list)
      remember($selects)
    }
    $root.addEventListener('change', update)
    $root.addEventListener('submit', (event) => event.preventDefault())
    // The browser clears the choices only after the event.
    $root.addEventListener('reset', () => setTimeout(update))
    $root.hidden = false
    show($list, $selects)
    tell($root, $list)
  }
}

/** Choose what the address names, where it is one of the choices. */
function choose($selects, given) {
  for (const $select of $selects) {
    const wanted = given.get($select.name)
    if ([...$select.options].some(($option) => $option.value === wanted)) {
      $select.value = wanted
    }
  }
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
