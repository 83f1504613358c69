/** What the line at the foot of a page tells its reader about the network and about versions. */
import {address, dateOf, OFFLINE} from './kept.js'

/** Each thing to say: shows it in an element, with what is known about it. */
export const SAYING = {
  offline($root, about) {
    const why = navigator.onLine ? "This site can't be reached just now." : "You're offline."
    show($root, 'offline', why, about ? sentence(about) : '', [
      link('See what is kept', address(OFFLINE).href),
      ...(navigator.onLine ? [button('Try again', () => location.reload())] : [])
    ])
  },

  online($root) {
    const again = button('Load the newest version', () => location.reload())
    show($root, 'online', "You're online again.", '', [again])
  },

  newer($root, use) {
    const said = 'Your answers in this browser stay as they are.'
    show($root, 'newer', 'A newer version of this site is ready.', said, [
      button('Show the newer version', use)
    ])
  },

  changed($root) {
    const again = button('Load this page again', () => location.reload())
    show($root, 'newer', 'This site has a newer version now.', '', [again])
  }
}

function show($root, says, strong, text, $actions) {
  const $strong = document.createElement('strong')
  $strong.textContent = strong
  // Only the sentence is read out; the buttons beside it are not part of it.
  const $text = $root.querySelector('[role="status"]')
  $text.replaceChildren($strong, text ? ` ${text}` : '')
  const $line = $root.querySelector('.dpup-offline-status__actions')
  const $hide = button('Hide', () => hide($root))
  const within = $line.contains(document.activeElement)
  $line.replaceChildren(...$actions, $hide)
  $root.dataset.says = says
  if (within) {
    $hide.focus()
  }
}

/** Take the line away. The button that has the focus goes with it, so the page gets the focus. */
function hide($root) {
  $root.querySelector('[role="status"]').replaceChildren()
  $root.querySelector('.dpup-offline-status__actions').replaceChildren()
  delete $root.dataset.says
  document.querySelector('main').focus({preventScroll: true})
}

function sentence({version, pages}) {
  const kept = pages === 1 ? '1 page is' : `${pages} pages are`
  return `This is version ${version} of ${dateOf(version)}. ${kept} kept on this device.`
}

function link(text, href) {
  const $link = document.createElement('a')
  $link.className = 'dpup-offline-status__action'
  $link.href = href
  $link.textContent = text
  return $link
}

function button(text, press) {
  const $button = document.createElement('button')
  $button.className = 'dpup-offline-status__action'
  $button.type = 'button'
  $button.textContent = text
  $button.addEventListener('click', press)
  return $button
}
