/**
 * Which questions of a template are shown: all of them, those that a notice needs, or one at a
 * time. A table is one step, as its columns are filled in side by side.
 */

/** The steps of one template. */
export class Steps {
  /** @param {HTMLElement} $root - of the component */
  constructor($root) {
    this.$sections = [...$root.querySelectorAll('.dpup-template > section')]
    this.$nav = $root.querySelector('[data-steps]')
    this.$said = this.$nav.querySelector('[data-progress-text]')
    this.$bar = this.$nav.querySelector('progress')
    this.$back = this.$nav.querySelector('[data-do="back"]')
    this.$next = this.$nav.querySelector('[data-do="next"]')
    this.all = this.$sections.flatMap(stepsOf)
    this.isOn = false
    this.needed = null
    this.at = 0
    // Nothing is lost on paper.
    addEventListener('beforeprint', () => this.showAll())
    addEventListener('afterprint', () => this.show())
  }

  showAll() {
    for (const $part of [...this.$sections, ...this.all.flatMap(({$fields}) => $fields)]) {
      $part.hidden = false
    }
  }

  /** The steps that are to be taken now. */
  get list() {
    const wanted = this.all.filter(({names}) => !this.needed || names.some((n) => this.needed.has(n)))
    return wanted.length ? wanted : this.all
  }

  get step() {
    return this.list[Math.min(this.at, this.list.length - 1)]
  }

  /** Show what has to be shown, and say how far the reader is. */
  show() {
    const list = this.list
    const current = this.isOn ? [this.step] : list
    const fields = new Set(current.flatMap(({$fields}) => $fields))
    const sections = new Set(current.map(({$section}) => $section))
    for (const $section of this.$sections) {
      $section.hidden = !sections.has($section)
    }
    for (const {$fields, isTable} of this.all) {
      for (const $field of $fields) {
        // The columns of a table stay together: each has its explanation here.
        $field.hidden = !isTable && !fields.has($field)
      }
    }
    this.$nav.hidden = !this.isOn
    if (this.isOn) {
      this.tell(list)
    }
  }

  tell(list) {
    const at = list.indexOf(this.step)
    this.$said.textContent = `Question ${at + 1} of ${list.length}`
    this.$bar.max = list.length
    this.$bar.value = at + 1
    this.$back.disabled = at === 0
    this.$next.textContent = at === list.length - 1 ? 'Finish' : 'Next'
  }

  /**
   * Go on or back.
   *
   * @param {number} by - how many steps
   * @returns {boolean} false at the end
   */
  go(by) {
    const to = this.list.indexOf(this.step) + by
    if (to < 0 || to >= this.list.length) {
      return false
    }
    this.at = to
    this.show()
    this.focus()
    return true
  }

  /** Bring the heading of the step to the reader; screen readers read it out. */
  focus() {
    const $heading = this.step.$heading
    $heading.tabIndex = -1
    $heading.focus()
    $heading.scrollIntoView({block: 'nearest'})
  }

  /** Show the step of a field, also when the chosen notice does not need it. */
  reach(name) {
    if (!this.list.some(({names}) => names.includes(name))) {
      this.needed = null
    }
    const at = this.list.findIndex(({names}) => names.includes(name))
    this.at = at < 0 ? this.at : at
    this.show()
  }
}

function stepsOf($section) {
  const $fields = [...$section.querySelectorAll('.dpup-field')].filter(($field) =>
    $section.querySelector(`[data-field="${CSS.escape($field.id)}"]`)
  )
  if (!$fields.length) {
    return []
  }
  if ($section.querySelector('.dpup-log')) {
    const $heading = $section.querySelector('h2')
    return [{names: $fields.map(({id}) => id), $fields, $section, $heading, isTable: true}]
  }
  return $fields.map(($field) => ({
    names: [$field.id],
    $fields: [$field],
    $section,
    $heading: $field.querySelector('h3'),
    isTable: false
  }))
}
