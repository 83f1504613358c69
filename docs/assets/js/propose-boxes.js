/** The boxes of the form on the page, made from its definition; text is only ever set as text. */

/** Make an element with attributes and what is in it. */
export function make(tag, attributes = {}, ...inside) {
  const $made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    $made.setAttribute(name, value)
  }
  $made.append(...inside)
  return $made
}

// A word with a macron is te reo Māori, and so are the words te reo before it.
const REO = /((?:te reo )?[\p{L}-]*[āēīōū][\p{L}-]*)/iu

/** Give a text with its te reo Māori marked, for those who listen to it. */
function marked(text) {
  return text.split(REO).map((part, number) => (number % 2 ? make('span', {lang: 'mi'}, part) : part))
}

const ROWS = {paragraph: 6, list: 3}

export const idOf = (name, row) => `propose_${name.replaceAll('.', '_')}${row ? `_${row}` : ''}`

function options(box, value) {
  return [['', 'Choose'], ...box.choices].map(([id, label]) => {
    const $option = make('option', {value: id}, label)
    $option.selected = id === value
    return $option
  })
}

function control(box, value, attributes) {
  if (box.kind === 'choice') {
    return make('select', attributes, ...options(box, value))
  }
  const $control = ROWS[box.kind]
    ? make('textarea', {...attributes, rows: ROWS[box.kind]})
    : make('input', {...attributes, type: 'text'})
  $control.value = value
  return $control
}

function help(box) {
  const example = box.example ? ` For example: ${box.example}` : ''
  return `${box.prompt}${example}`
}

const THINGS = {practice: ['a practice', 'All practices'], source: ['a source', 'All sources'], term: ['a word', 'The glossary']}

/** A way to look through all that can be named. */
function look(box) {
  const $link = make('a', {href: box.all, target: '_blank'}, `${THINGS[box.named][1]} (new tab)`)
  return make('p', {class: 'dpup-propose__help'}, $link)
}

/** A line below a list that finds a name, and puts it into the list. */
function pick(box, id) {
  const $name = make('input', {id: `${id}_pick`, type: 'text', list: `propose_known_${box.named}`})
  const label = `Find ${THINGS[box.named][0]}`
  const $button = make('button', {type: 'button', 'aria-label': `Add to '${box.label}'`}, 'Add')
  const $line = make('div', {class: 'dpup-propose__pick'}, $name, $button)
  return make('div', {'data-pick': id}, make('label', {for: `${id}_pick`}, label), $line)
}

/** One box with its label, its help and room for what is wrong. */
export function boxOf(box, value, row) {
  const id = idOf(box.name, row)
  const attributes = {id, 'data-box': box.name, 'aria-describedby': `${id}_help ${id}_wrong`}
  if (box.named && box.kind === 'line') {
    attributes.list = `propose_known_${box.named}`
  }
  return make(
    'div',
    {class: 'dpup-propose__box'},
    make('label', {for: id}, ...marked(box.label)),
    make('p', {class: 'dpup-propose__help', id: `${id}_help`}, ...marked(help(box))),
    ...(box.all ? [look(box)] : []),
    make('div', {class: 'dpup-propose__wrong', id: `${id}_wrong`}),
    control(box, value, attributes),
    ...(box.named && box.kind === 'list' ? [pick(box, id)] : []),
  )
}

function tick(name, label, isTicked, wrong) {
  const $tick = make('input', {type: 'checkbox', id: idOf(name), 'data-tick': name, 'aria-describedby': `${wrong}_wrong`})
  $tick.checked = isTicked
  return make('div', {class: 'dpup-propose__tick'}, $tick, make('label', {for: idOf(name)}, ...marked(label)))
}

/** A box to tick, with its question above it. */
function tickBox(box, said) {
  const id = idOf(box.name)
  const $box = make('div', {class: 'dpup-propose__box'}, tick(box.name, box.prompt, Boolean(said.ticks[box.name]), id))
  $box.append(make('div', {class: 'dpup-propose__wrong', id: `${id}_wrong`}))
  return $box
}

/** The boxes to tick of a part. */
function ticks(part, said) {
  const id = idOf(part.id)
  const $all = part.ticks.map(([value, label]) =>
    tick(`${part.id}.${value}`, label, Boolean(said.ticks[`${part.id}.${value}`]), id),
  )
  return [make('div', {class: 'dpup-propose__wrong', id: `${id}_wrong`}), ...$all]
}

/** One part of the form: a group with its name. */
export function partOf(part, said, $rows) {
  const id = idOf(part.id)
  const $part = make('fieldset', {'data-of': part.id}, make('legend', {}, ...marked(part.title)))
  if (part.intro) {
    $part.append(make('p', {}, ...marked(part.intro)))
  }
  if (part.ticks.length) {
    $part.append(...ticks(part, said))
  }
  if (part.repeats) {
    $part.setAttribute('aria-describedby', `${id}_wrong`)
    $part.append(make('div', {class: 'dpup-propose__wrong', id: `${id}_wrong`}), $rows)
    return $part
  }
  const $boxes = part.boxes.map((box) =>
    box.kind === 'tick' ? tickBox(box, said) : boxOf(box, said.texts[box.name] ?? '', 0),
  )
  $part.append(...$boxes)
  return $part
}
