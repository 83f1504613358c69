/**
 * The boxes, choices and tables of a template on its page: what stands in them, and what their
 * reader has to be told about an answer that they can't show.
 */

const MOST_ROWS = 2_000

/**
 * Say what a field asks, in one text, as `Ask.wording` does in Python: it stands on the page, so the
 * data does not repeat it.
 */
function wording($field) {
  const $parts = $field ? [$field.querySelector('h3'), $field.querySelector('[data-prompt]')] : []
  return $parts.map(($part) => $part.textContent.trim()).filter(Boolean).join(': ')
}

/** The controls of one template. */
export class Fields {
  /**
   * @param {HTMLElement} $root - of the component
   * @param {import('./notice-text.js').Template} template - the data of the page
   * @param {(name: string, value: string|string[]) => void} answered - hears of each change
   */
  constructor($root, template, answered) {
    this.$root = $root
    this.template = template
    this.$note = $root.querySelector('template[data-changed]')
    for (const [name, field] of Object.entries(template.fields)) {
      field.wording = wording(this.$of(name))
    }
    $root.addEventListener('input', ({target}) => {
      const name = target.dataset?.field
      if (name) {
        answered(name, this.read(name))
      }
    })
    $root.addEventListener('click', ({target}) => {
      const $button = target.closest('[data-take-back]')
      if ($button) {
        this.fill($button.dataset.takeBack, '')
        answered($button.dataset.takeBack, '')
        this.controls($button.dataset.takeBack)[0].focus()
      }
      if (target.closest('[data-do="add-row"]')) {
        addRow(target.closest('section')).querySelector('[data-field]').focus()
      }
    })
  }

  /** The part of the page that is about a field. */
  $of(name) {
    return this.$root.querySelector(`.dpup-field[id="${CSS.escape(name)}"]`)
  }

  controls(name) {
    return [...this.$root.querySelectorAll(`[data-field="${CSS.escape(name)}"]`)]
  }

  /** @returns {string|string[]} what stands in a field, or in each row of a column */
  read(name) {
    const $controls = this.controls(name)
    if (this.template.fields[name].table) {
      return $controls.map(($control) => $control.value)
    }
    if ($controls[0]?.type === 'radio') {
      return $controls.find(($control) => $control.checked)?.value ?? ''
    }
    return $controls[0]?.value ?? ''
  }

  /** @returns {[string, string|string[]][]} what was written or chosen before the script ran */
  early() {
    const all = Object.keys(this.template.fields).map((name) => [name, this.read(name)])
    return all.filter(([, value]) => hasWords(value))
  }

  /** Put an answer into a field, unless it stands there: the cursor would move. */
  fill(name, value) {
    if (this.template.fields[name].table) {
      this.rows(name, value.length)
    }
    const $controls = this.controls(name)
    $controls.forEach(($control, row) => {
      if ($control.type === 'radio') {
        $control.checked = $control.value === value
        return
      }
      const text = Array.isArray(value) ? (value[row] ?? '') : value
      if ($control.value !== text) {
        $control.value = text
      }
    })
  }

  /** Make sure that a table has as many rows. */
  rows(name, wanted) {
    const $section = this.controls(name)[0]?.closest('section')
    while ($section && this.controls(name).length < Math.min(wanted, MOST_ROWS)) {
      addRow($section)
    }
  }

  /** Answers that the controls can't show, such as a choice that is no choice any more. */
  lost(name, value) {
    const shown = [this.read(name)].flat()
    return [value].flat().filter((text, row) => text && text !== shown[row])
  }

  /**
   * Tell what a reader has to know about the answer to a field.
   *
   * @param {string} name - of the field
   * @param {string[]} said - sentences; none takes the note away
   * @param {boolean} mayFit - whether the reader can say that the answer still fits
   */
  tell(name, said, mayFit) {
    const $field = this.$of(name)
    let $told = $field?.querySelector('.dpup-builder__changed')
    if (!$field || (!said.length && !$told)) {
      return
    }
    if (!said.length) {
      $told.remove()
      return
    }
    if (!$told) {
      $told = this.$note.content.firstElementChild.cloneNode(true)
      $field.querySelector('.dpup-fill, p').after($told)
    }
    $told.querySelector('[data-why]').textContent = said.join(' ')
    const $fits = $told.querySelector('[data-do="fits"]')
    $fits.dataset.name = name
    $fits.hidden = !mayFit
  }

  /** Bring a field to the reader, with the cursor in it. */
  focus(name) {
    const $control = this.controls(name).find(($one) => !$one.value || $one.checked)
    const $first = $control ?? this.controls(name)[0]
    $first?.focus()
  }
}

/** Tell whether an answer, or a row of a column, is not empty. */
export function hasWords(value) {
  return [value].flat().some(Boolean)
}

/** Add an empty row like the last one to the table of a section; give the row. */
function addRow($section) {
  const $last = [...$section.querySelectorAll('tr[data-row]')].at(-1)
  const $row = $last.cloneNode(true)
  const number = $section.querySelectorAll('tr[data-row]').length + 1
  for (const $control of $row.querySelectorAll('[data-field]')) {
    $control.value = ''
    $control.name = $control.name.replace(/\.\d+\./, `.${number}.`)
    $control.setAttribute('aria-label', $control.getAttribute('aria-label').replace(/\d+$/, number))
  }
  $last.after($row)
  return $row
}
