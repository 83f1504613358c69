/** Giving the reader a file or a text, without asking a server. */

/**
 * Save a file as a download.
 *
 * @param {string} name - of the file
 * @param {Blob} blob - what is in it
 */
export function save(name, blob) {
  const $link = document.createElement('a')
  $link.href = URL.createObjectURL(blob)
  $link.download = name
  document.body.append($link)
  $link.click()
  $link.remove()
  // Some browsers read the address only after the click.
  setTimeout(() => URL.revokeObjectURL($link.href), 60_000)
}

/**
 * Put a text on the clipboard.
 *
 * @param {string} text - plain text
 * @returns {Promise<boolean>} false when the browser does not allow it
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
