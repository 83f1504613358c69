/** What was written, for paper: boxes would cut it, so each text stands below its label as a whole. */
import {make} from './propose-boxes.js'

function shown(box, said) {
  const text = said?.trim() ?? ''
  return box.kind === 'choice' ? (box.choices.find(([id]) => id === text)?.[1] ?? '') : text
}

function pair(label, text) {
  return text ? [make('dt', {}, label), make('dd', {}, text)] : []
}

function ofPart(part, said) {
  const ticked = part.ticks.filter(([id]) => said.ticks[`${part.id}.${id}`]).map(([, label]) => label)
  const boxes = part.repeats
    ? said.rows.flatMap((row, index) => {
        const cells = part.boxes.flatMap((box) => pair(box.label, shown(box, row[box.name])))
        return cells.length ? [make('dt', {}, `Row ${index + 1}`), make('dd', {}, make('dl', {class: 'dpup-propose__said'}, ...cells))] : []
      })
    : part.boxes.flatMap((box) => pair(box.label, said.ticks[box.name] ? 'Ticked' : shown(box, said.texts[box.name])))
  const all = [...pair('Ticked', ticked.join('\n')), ...boxes]
  return all.length ? [make('p', {class: 'dpup-propose__title'}, part.title), make('dl', {class: 'dpup-propose__said'}, ...all)] : []
}

/** Give all that was written into a form, part by part. */
export function printed(form, said) {
  const id = pair('Id', said.texts.id?.trim())
  const parts = form.parts.flatMap((part) => ofPart(part, said))
  parts.push(...(id.length ? [make('dl', {class: 'dpup-propose__said'}, ...id)] : []))
  return parts.length ? [make('p', {}, `What was written: ${form.label}`), ...parts] : []
}
