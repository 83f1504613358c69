/**
 * What is looked for, in the address of the page of the search. It stands behind the `#`: browsers
 * never send that part, so no host learns it, not even when the page is loaded again or shared.
 */

/**
 * Give the address of the page of the search, with what is looked for.
 *
 * @param {string | URL} page - its address, with or without something asked
 * @param {Record<string, string>} asked - `q`, and choices by their name
 * @returns {URL}
 */
export function withAsked(page, asked) {
  const address = new URL(page)
  address.search = ''
  address.hash = new URLSearchParams(asked).toString()
  return address
}

/**
 * Read what an address asks for: behind the `#`, or as the form sends it where no script runs.
 *
 * @param {Location | URL} address
 * @returns {URLSearchParams | null} null where the `#` leads to a place on the page
 */
export function askedIn({search, hash}) {
  return hash && !hash.includes('=') ? null : new URLSearchParams(hash.slice(1) || search)
}
