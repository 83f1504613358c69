/** A filled form to the file of an entry and what the check says of it: the rules of `intake.py`. */
import {Filling} from './propose-fill.js'
import {Finder, freeId, idOf} from './propose-find.js'
import {broken} from './propose-rules.js'
import {NO_BRACES, honest, isSetAside, ofBody} from './propose-text.js'
import {unfit} from './propose-told.js'
import {inWords} from './propose-words.js'
import {documentText, itemText} from './propose-yaml.js'

const SEVERAL = 'Several things are called this. Write one of these ids:'
const SHAPE = 'Use at most 80 of the letters a to z, digits and single hyphens, as in purpose-matters.'
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** Put the day into what nobody has to be asked for. */
function derived(form, day, number) {
  const next = `${Number(day.slice(0, 4)) + 1}${day.slice(4).replace('-02-29', '-02-28')}`
  const words = {'2000-01-01': day, '2001-01-01': next, 2000: day.slice(0, 4)}
  const put = (_key, value) => words[value] ?? value
  const facts = JSON.parse(JSON.stringify(form.derived), put)
  return 'number' in facts ? {...facts, number} : facts
}

/** Say why an entry can't have an id; nothing when it can. */
function faultOf(id, taken) {
  return ID.test(id) && id.length <= 80 ? (taken[id] ?? '') : `'${id}' is not an id. ${SHAPE}`
}

/** Choose the id of an entry, or say why it can't be had. */
function chosen(form, filling, said, known) {
  const wanted = said.texts.id?.trim() || idOf(filling.title)
  const taken = known.taken[form.kind]
  if (!filling.title) {
    return [`propose-${form.kind}`, '']
  }
  if (!wanted) {
    return ['', 'This title has no letters or digits to make an id of. Write one into the box ‘Id’.']
  }
  const fault = faultOf(wanted, taken)
  const free = fault && freeId(idOf(wanted) || form.kind, form.kind, (id) => faultOf(id, taken))
  return [wanted, fault && `${fault} ${free} is free. Write that into the box ‘Id’, or another one.`]
}

/** Yield the ids of the parts of an entry; they are anchors of its page. */
function* anchors(data) {
  for (const section of data.sections ?? []) {
    yield section.id
    yield* section.items.map((item) => item.id).filter(Boolean)
  }
}

/** Write what can't be seen as an escape, so that a problem is always one line. */
function visible(said) {
  return said.replace(/[\x00-\x1f\x7f-\xa0]/g, (char) => {
    const short = {'\n': '\\n', '\t': '\\t', '\r': '\\r'}[char]
    return short ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
}

/**
 * Make the file, and judge it.
 *
 * @param {object} form - as `proposal_data` says it
 * @param {object} said - what was written: `texts`, `ticks` and `rows`
 * @param {object} page - the data of the page: `fields` and `yesno`
 * @param {object} known - names and ids that there are
 * @param {string} day - today, as 2026-11-24
 * @returns {{text: string, id: string, path: string, problems: Array, checked: string[]}} a problem
 *   has `box`, `row`, `label` and `said`; `checked` is what the check says of the file, word for word
 */
export function judge(form, said, page, known, day) {
  const find = new Finder(known.names)
  const filling = new Filling(form, said, find, page.fields)
  const [id, fault] = chosen(form, filling, said, known)
  const facts = {...derived(form, day, known.numbers[form.kind]), ...filling.data, ...(form.list ? {id} : {})}
  const text = form.list
    ? itemText(facts, form.shape, known.indents[form.kind])
    : documentText(facts, form.shape, filling.body)
  const name = form.list ? form.place : `${form.place}/${id}.md`
  const made = {text, id, path: `content/${name}`, title: filling.title}
  if (fault) {
    const box = said.texts.id ? 'id' : 'title' in facts ? 'title' : 'term'
    return {...made, problems: [{box, label: titleBox(filling), said: fault}], checked: []}
  }
  const told = toldOf(form, filling, facts, {page, known, id})
  const problems = inOrder(form, problemsOf(form, filling, known.words[form.kind], told))
  return {...made, problems, checked: checkedOf(told, text)}
}

const PLACE = /, in line 0\./

/** Write a path as the check does. */
function written(path) {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index ? '.' : ''}${step}`)).join('')
}

/** Give the line of the file where the question stands that a later one repeats. */
function lineOf(text, first) {
  const starts = text.split('\n').flatMap((line, index) => (/^ {6}- /.test(line) ? [index + 1] : []))
  return starts[first]
}

/** Say it in the words of the check. */
function checkedOf({fields, body}, text) {
  const said = fields.map(([path, sentence, {first, isOfFile} = {}]) => {
    const whole = visible(sentence.replace(PLACE, () => `, in line ${lineOf(text, first)}.`))
    return isOfFile ? whole : `${written(path)}: ${whole}`
  })
  return [...new Set([...said, ...body.filter((sentence) => sentence !== NO_BRACES).map(visible)])]
}

/** Give what finds a thing by its name. */
export const finder = (known) => new Finder(known.names)

function titleBox(filling) {
  return (filling.box(['title']) ?? filling.box(['term'])).label
}

/** Put problems in the order of the boxes on the page. */
function inOrder(form, problems) {
  const names = form.parts.flatMap((part) => [part.id, ...part.boxes.map(({name}) => name)])
  const table = form.parts.find((part) => part.repeats)?.boxes.map(({name}) => name)
  const rank = ({box, row}) => [names.indexOf(row ? table[0] : box), row ?? 0, names.indexOf(box)]
  return problems
    .map((problem) => [rank(problem), problem])
    .sort(([a], [b]) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
    .map(([, problem]) => problem)
}

/** Tell what is wrong, as the check does: path and sentence for fields, sentences for the text. */
function toldOf(form, filling, facts, {page, known, id}) {
  const fields = []
  const data = honest(facts, known.characters, fields)
  fields.push(...unfit(form.shape, data))
  const isSound = !isSetAside(data) && !unfit(form.shape, data).length
  fields.push(...broken(data, {...page, known, kind: form.kind, id}, isSound))
  const body = form.list ? [] : ofBody(filling.body, known.characters, new Set(anchors(facts)))
  if (form.allText && !filling.body.trim()) {
    body.push('The text below the front matter is missing. Write it below the second line of three hyphens.')
  }
  return {fields, body}
}

/** Put it in the words of the form, each with its box. */
function problemsOf(form, filling, table, {fields, body}) {
  const found = fields.map(([path, sentence]) => placed(filling, ...inWords(table, path, visible(sentence))))
  const label = form.list ? '' : `Box '${form.parts.at(-1).boxes[0].label}'`
  found.push(...body.map((sentence) => ({box: 'body', label, said: inWords(table, [], visible(sentence))[1]})))
  const once = new Map(found.map((problem) => [`${problem.label}: ${problem.said}`, problem]))
  return [...once.values()]
}

/** Give a problem with its box; a name that names several things is told as such. */
function placed(filling, path, sentence) {
  const value = path.reduce((inner, step) => inner?.[step], filling.data)
  const several = typeof value === 'string' && filling.find.unclear.get(value)
  const box = filling.box(path) ?? {box: '', label: path.join('.')}
  return {...box, said: several ? `${SEVERAL} ${several.join(', ')}.` : sentence}
}
