/** Questions that the page asks in a dialog. */

/**
 * Ask, and give the focus back to what had it.
 *
 * @param {HTMLDialogElement} $dialog - holds a form with buttons
 * @returns {Promise<string>} the value of the button that was pressed; empty when it was closed
 */
export function ask($dialog) {
  if ($dialog.open) {
    // The button was pressed twice before it could answer.
    return Promise.resolve('')
  }
  const $before = document.activeElement
  const $form = $dialog.querySelector('form')
  return new Promise((done) => {
    const listening = new AbortController()
    const {signal} = listening
    const finish = (value) => {
      listening.abort()
      $dialog.close()
      $before.focus()
      done(value)
    }
    // Browsers tell that a dialog was closed only with the next frame, and by then more may happen.
    const sent = (event) => {
      event.preventDefault()
      finish(event.submitter?.value ?? 'ok')
    }
    $form.addEventListener('submit', sent, {signal})
    $dialog.addEventListener('close', () => finish(''), {signal})
    $dialog.showModal()
  })
}
