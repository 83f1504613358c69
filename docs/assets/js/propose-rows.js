/** The part of the form that comes several times: rows that are added, moved and removed. */
import {boxOf, make} from './propose-boxes.js'

/** All rows, with their buttons. */
export class Rows {
  /**
   * @param {object} part - of the form
   * @param {object[]} rows - what is in each; changed in place
   * @param {(said: string) => void} changed - is told what happened
   */
  constructor(part, rows, changed) {
    Object.assign(this, {part, rows, changed})
    this.$list = make('div')
    this.$add = make('button', {type: 'button'}, 'Add a row')
    this.$add.addEventListener('click', () => this.add())
    this.$root = make('div', {}, this.$list, make('p', {}, this.$add))
    this.draw()
  }

  draw() {
    this.$list.replaceChildren(...this.rows.map((row, index) => this.row(row, index)))
  }

  row(row, index) {
    const number = index + 1
    const boxes = this.part.boxes.map((box) => boxOf(box, row[box.name] ?? '', number))
    const buttons = make('p', {class: 'dpup-propose__buttons'})
    buttons.append(
      this.button('Move up', 'up', number, index === 0, () => this.move(index, -1)),
      this.button('Move down', 'down', number, number === this.rows.length, () => this.move(index, 1)),
      this.button('Remove', 'remove', number, this.rows.length === 1, () => this.remove(index)),
    )
    const $row = make('fieldset', {}, make('legend', {}, `Row ${number}`), ...boxes, buttons)
    return make('div', {class: 'dpup-propose__row', 'data-row': number}, $row)
  }

  button(label, does, number, isOff, press) {
    const $button = make('button', {type: 'button', 'data-row-does': does, 'aria-label': `${label} row ${number}`}, label)
    $button.disabled = isOff
    $button.addEventListener('click', press)
    return $button
  }

  add() {
    this.rows.push({})
    this.draw()
    this.focus(this.rows.length - 1)
    this.changed(`Row ${this.rows.length} is added.`)
  }

  remove(index) {
    this.rows.splice(index, 1)
    this.draw()
    this.focus(Math.min(index, this.rows.length - 1))
    this.changed(`Row ${index + 1} is removed.`)
  }

  move(index, step) {
    const to = index + step
    this.rows.splice(to, 0, ...this.rows.splice(index, 1))
    this.draw()
    const $row = this.$list.children[to]
    const $same = $row.querySelector(`[data-row-does="${step < 0 ? 'up' : 'down'}"]`)
    const $other = $row.querySelector(`[data-row-does="${step < 0 ? 'down' : 'up'}"]`)
    ;($same.disabled ? $other : $same).focus()
    this.changed(`Row ${index + 1} is now row ${to + 1}.`)
  }

  /** Go to the first box of a row. */
  focus(index) {
    this.$list.children[index].querySelector('[data-box]').focus()
  }
}
