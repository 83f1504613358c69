/** What this browser keeps of what somebody wrote into the forms, each form under its own key. */
import * as storage from './storage.js'

/** The kind that was chosen last. */
export const LAST = 'propose:last'

export const keyOf = (kind) => `propose:${kind}`

const isTexts = (it) => it !== null && typeof it === 'object' && !Array.isArray(it)

/** Take over what is kept as far as it is of the right shape. */
export function sound(kept) {
  const texts = (it) =>
    isTexts(it) ? Object.fromEntries(Object.entries(it).filter(([, text]) => typeof text === 'string')) : {}
  const rows = Array.isArray(kept?.rows) ? kept.rows.filter(isTexts).map(texts) : []
  const ticks = isTexts(kept?.ticks) ? kept.ticks : {}
  return {texts: texts(kept?.texts), ticks, rows: rows.length ? rows : [{}]}
}

/** Read what was written into a form. */
export const kept = (kind) => sound(storage.read(keyOf(kind)).value)

/** Tell whether something else is kept than what stands on the page. */
export const differs = (kind, said) => JSON.stringify(kept(kind)) !== JSON.stringify(sound(said))

/** Give the forms but this one that somebody wrote into. */
export function others(forms, form) {
  const keys = storage.keys('propose:')
  return forms.filter(({kind}) => kind !== form.kind && keys.includes(keyOf(kind)))
}

export const labels = (forms) => forms.map(({label}) => `'${label}'`).join(', ')

/** Forget forms and which was the last; give the trouble, or nothing. */
export function forget(forms) {
  const keys = [...forms.map(({kind}) => keyOf(kind)), LAST]
  return keys.map(storage.remove).find(Boolean) ?? ''
}
