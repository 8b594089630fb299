import { randomUUID } from 'node:crypto'
import type { loadFaker } from '../../src/internal.js'

type Faker = Awaited<ReturnType<typeof loadFaker>>

/** The values of placeholders. */
export interface Values {
  path: Readonly<Record<string, string>>
  query: Readonly<Record<string, string>>
  /** The parsed body, JSON or a form. */
  body: unknown
  /** The provider's time. */
  now: Date
  faker?: Faker | undefined
}

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g

const WHOLE = /^\{\{([^{}]*)\}\}$/

const FORMS =
  '{{path.NAME}}, {{query.NAME}}, {{body.NAME}}, {{uuid}}, {{now}} or {{faker.MODULE.METHOD}}'

/** Finds every placeholder in a template, in keys and values. */
export function placeholdersIn(template: unknown): string[] {
  return [...JSON.stringify(template ?? null).matchAll(PLACEHOLDER)].map(([, name = '']) =>
    name.trim(),
  )
}

/**
 * Throws a `RangeError` for an unknown placeholder.
 *
 * @param names The placeholders of the route's path.
 */
export function assertPlaceholder(
  placeholder: string,
  { place, names, faker }: { place: string; names: readonly string[]; faker?: Faker | undefined },
): void {
  const [kind = '', ...keys] = placeholder.split('.')
  const refuse = (accepted: string) =>
    new RangeError(`${place}: unknown placeholder {{${placeholder}}}. Use ${accepted}`)
  if (kind === 'path') {
    if (keys.length === 1 && names.includes(keys[0] ?? '')) return
    const known = names.map((name) => `{{path.${name}}}`).join(', ')
    throw refuse(known || 'a path with {NAME} in it')
  }
  if (kind === 'faker' && keys.length === 2 && isFakerMethod(faker, keys)) return
  if (['query', 'body'].includes(kind) && keys.length > 0 && keys.every(Boolean)) return
  if (['uuid', 'now'].includes(kind) && keys.length === 0) return
  throw refuse(FORMS)
}

function isFakerMethod(faker: Faker | undefined, [module = '', method = '']: string[]): boolean {
  const found = faker && Object(Object(faker)[module])[method]
  return typeof found === 'function' && !['constructor', '__proto__'].includes(method)
}

/**
 * Fills in a template. A placeholder that is the whole text keeps the type of its value; a missing
 * value is null, or empty within a text. What is filled in is never read as a template again.
 */
export function fillIn(template: unknown, values: Values): unknown {
  if (typeof template === 'string') return fillText(template, values)
  if (Array.isArray(template)) return template.map((item) => fillIn(item, values))
  if (typeof template !== 'object' || template === null) return template
  const entries = Object.entries(template).map(([key, value]) => [
    String(fillText(key, values)),
    fillIn(value, values),
  ])
  return Object.fromEntries(entries)
}

function fillText(text: string, values: Values): unknown {
  const [, whole] = WHOLE.exec(text) ?? []
  if (whole !== undefined) return lookUp(whole.trim(), values) ?? null
  return text.replace(PLACEHOLDER, (_, name: string) => toText(lookUp(name.trim(), values)))
}

/** The value for a header: one line of Latin-1. */
export function fillHeader(template: string, values: Values): string {
  return toText(fillText(template, values)).replace(/[^\x20-\x7e\xa0-\xff]/g, ' ')
}

function lookUp(placeholder: string, values: Values): unknown {
  const [kind = '', ...keys] = placeholder.split('.')
  if (kind === 'uuid') return randomUUID()
  if (kind === 'now') return values.now.toISOString()
  if (kind === 'faker') {
    const [module = '', method = ''] = keys
    return Object(Object(values.faker)[module])[method]()
  }
  const root: unknown = kind === 'path' || kind === 'query' ? values[kind] : values.body
  return keys.reduce<unknown>(
    (value, key) => (Object.hasOwn(Object(value), key) ? Object(value)[key] : undefined),
    root,
  )
}

function toText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
