/**
 * What every component of a page has in common: a root element that is started once.
 *
 * The HTML of a component is complete without its script. So a script that fails leaves a
 * component as it was, and never stops another.
 */

/** Something is wrong with the HTML of a component; names the component and what it misses. */
export class ElementError extends Error {
  name = 'ElementError'

  /**
   * @param {string} component - its name, as in `data-module`
   * @param {string} message - what was expected
   */
  constructor(component, message) {
    super(`${component}: ${message}`)
  }
}

/** The base of all components. */
export class Component {
  /** @param {HTMLElement} $root - the element that has the `data-module` */
  constructor($root) {
    this.$root = $root
    this.name = $root.dataset.module
  }

  /**
   * Find an element that has to be there.
   *
   * @param {string} selector - below the root
   * @returns {HTMLElement} the first that fits
   * @throws {ElementError} when there is none
   */
  need(selector) {
    const $found = this.$root.querySelector(selector)
    if (!$found) {
      throw new ElementError(this.name, `${selector} not found`)
    }
    return $found
  }

  /**
   * Find all elements that fit.
   *
   * @param {string} selector - below the root
   * @returns {HTMLElement[]} in the order of the page
   */
  all(selector) {
    return [...this.$root.querySelectorAll(selector)]
  }

  /** Show what only works with script: it stands in the HTML with the attribute `hidden`. */
  reveal() {
    for (const $element of this.all('[data-script][hidden]')) {
      $element.hidden = false
    }
  }
}

const started = new WeakSet()

/**
 * Start a component once.
 *
 * @param {typeof Component} Class - of the component
 * @param {HTMLElement} $root - its root
 */
export function start(Class, $root) {
  if (started.has($root)) {
    return
  }
  started.add($root)
  try {
    new Class($root)
  } catch (error) {
    // The HTML goes on working. Whoever looks for the reason finds it here.
    console.error(error)
  }
}

/** Give the id that the end of an address names; as it stands when it can't be decoded. */
export function idIn(hash) {
  const id = hash.slice(1)
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
