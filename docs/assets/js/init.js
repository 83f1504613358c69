/**
 * Starts the components of a page. Each is a module of its own name, loaded only where it is used:
 * `data-module="dpup-narrow"` loads `narrow.js`, whose default export is the class.
 */
import {start} from './component.js'

const NAME = /^dpup-([a-z-]+)$/

/**
 * Load and start what an element asks for.
 *
 * @param {HTMLElement} $root - has a `data-module`
 */
async function load($root) {
  const name = NAME.exec($root.dataset.module)?.[1]
  if (!name) {
    return
  }
  try {
    const module = await import(`./${name}.js`)
    start(module.default, $root)
  } catch (error) {
    // One component that can't be loaded stops no other.
    console.error(error)
    delete document.documentElement.dataset.scripts
  }
}

/** Start all components of a page; ready again means that there may be new ones. */
export function startAll($scope = document) {
  return Promise.all([...$scope.querySelectorAll('[data-module]')].map(load))
}

startAll().then(() => {
  document.documentElement.dataset.ready = ''
})
