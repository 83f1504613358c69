/**
 * What follows from the answers to a template: the words of each field, and the notices. Loaded
 * when its reader begins, or comes back to answers; until then the page says it all without.
 */
import {Panel} from './notice-panel.js'
import {becomes, used} from './notice-text.js'
import {finder, write} from './notice-view.js'

/** Shows what the answers become. */
export class Live {
  /**
   * @param {HTMLElement} $root - of the component
   * @param {HTMLElement|null} $side - the panel; a template without notices has none
   * @param {import('./notice-text.js').Template} template - the data of the page
   */
  constructor($root, $side, template) {
    this.$root = $root
    this.template = template
    this.reo = finder(template.reo)
    this.panel = $side && new Panel($root, $side, template, this.reo)
  }

  /** Another notice was chosen. */
  begin() {
    this.panel?.begin()
  }

  /** Names of the fields that the chosen notice needs. */
  get needed() {
    return used(this.template, this.panel.variant)
  }

  /** @param {Object<string, string|string[]>} values - what was answered, by fields */
  show(values) {
    for (const name of Object.keys(values)) {
      const $place = this.$root.querySelector(`.dpup-field[id="${CSS.escape(name)}"] [data-becomes]`)
      if ($place) {
        write($place, becomes(this.template, name, values), this.reo)
      }
    }
    this.panel?.show(values)
  }
}
