/** What is wrong, in the words of the form: the rows of `box_words.py`. */

/** What was made of a table; a form asks again with each letter that is typed. */
const READ = new WeakMap()

function patterns(table) {
  const found = READ.get(table) ?? table.map(([of, said, field]) => [new RegExp(`^(?:${of})$`, 's'), said, field])
  READ.set(table, found)
  return found
}

/**
 * Put what the check says of a path in the words of a form.
 *
 * @param {Array} table - rows of a pattern, what is said, and the field that can mend it
 * @param {Array} path
 * @param {string} said
 * @returns {[Array, string]} the path of what can mend it, and the sentence
 */
export function inWords(table, path, said) {
  const text = `${path.filter((step) => typeof step === 'string').join('.')}: ${said}`
  for (const [pattern, put, field] of patterns(table)) {
    const found = pattern.exec(text)
    if (found) {
      return [field ? [...path, field] : path, put.replace(/\$(\d)/g, (_all, number) => found[number])]
    }
  }
  return [path, said]
}
