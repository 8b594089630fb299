// Replaced by options.ts; verify-provider.ts still uses this.
import { isZapSign } from './options.js'

export { isZapSign }

/** What an option may be. A text may be a secret: it is not repeated. */
export type OptionKind = 'text' | 'switch' | 'number' | 'list' | 'list of files' | 'ZapSign'

const FITS: Readonly<Record<OptionKind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  switch: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  list: Array.isArray,
  'list of files': (value) =>
    Array.isArray(value) && value.every((file) => typeof file === 'string' && file !== ''),
  ZapSign: isZapSign,
}

const NAMES: Readonly<Record<OptionKind, string>> = {
  text: 'a string',
  switch: 'true or false',
  number: 'a number',
  list: 'a list',
  'list of files': 'a list of files',
  ZapSign: 'what createZapSign() returns',
}

/** Throws a `TypeError` for an option that is not known, or of another kind than it must be. */
export function checkOptions(
  of: string,
  options: object,
  kinds: Readonly<Record<string, OptionKind>>,
): void {
  for (const [name, value] of Object.entries(options)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (!kind) {
      const known = Object.keys(kinds).join(', ')
      throw new TypeError(`${of} has no option ${JSON.stringify(name)}: the options are ${known}`)
    }
    if (value === undefined || FITS[kind](value)) continue
    const got = kind === 'switch' ? JSON.stringify(value) : kindOf(value)
    throw new TypeError(`${name} must be ${NAMES[kind]}, got ${got}`)
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'another list' : `a value of type ${typeof value}`
}

/**
 * Throws a `RangeError` for a URL that requests could not be sent below. One that may hold a password
 * is not repeated.
 */
export function checkBaseUrl(name: string, value: unknown): string {
  const text = String(value)
  const got = text.includes('@') ? '' : `, got ${JSON.stringify(text)}`
  const { protocol, username, password, search, hash } = URL.canParse(text)
    ? new URL(text)
    : new URL('about:blank')
  if (username || password) throw new RangeError(`${name} must hold no user name and no password`)
  if (/^https?:$/.test(protocol) && !search && !hash) return text
  throw new RangeError(
    `${name} must be an http or https URL without a query, such as "https://sandbox.api.zapsign.com.br"${got}`,
  )
}
