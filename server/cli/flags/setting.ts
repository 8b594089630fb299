import type { Heading } from './help.js'
import type { Wording } from './wording.js'

/** How the text of a flag or an environment variable becomes a value. */
type Kind = 'text' | 'number' | 'instant' | 'list' | 'names' | 'rates' | 'switch'

/** A setting of the command. The flag `--access-lifetime` is also the variable `ZAPSIGN_MOCK_ACCESS_LIFETIME`. */
export interface Setting {
  /** The environment variable, where other commands read it too. @default as the flag says */
  variable?: `ZAPSIGN_${string}`
  /** As the help shows it, with the name of its argument. */
  flag: string
  kind: Kind
  help: Wording
  /** What separates the items of a list in an environment variable. @default ',' */
  separator?: string
  /** Its heading in the help. */
  group: Heading
  /** The value of a switch that is on. @default true */
  on?: boolean
  /** The value of a switch that an environment variable turns off. @default no value */
  off?: object | false
}

/** A setting of the mock, which has a place in the options. */
export interface MockSetting extends Setting {
  /** The place of the value in the options: `users[0].username`. */
  path: string
}

/**
 * The value of a text. A text that is not a number stays as it is, so that the schema refuses it. A
 * date of less than 12 digits stays a text too: it is more likely a date or seconds than milliseconds.
 */
export function toValue({ kind }: Setting, text: string): unknown {
  if (kind === 'names') return itemsOf(text)
  if (kind === 'rates') return ratesOf(text)
  if (kind === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
  if (kind === 'instant') return /^\d{12,}$/.test(text) ? Number(text) : text
  return text
}

/** The rates in a text such as `serverError=0.1,timeout=0.01`. Anything else stays a text. */
function ratesOf(text: string): unknown {
  const rates = itemsOf(text).map((item) => /^(\w+)=(\d*\.?\d+)$/.exec(item) ?? [])
  if (rates.some(([whole]) => whole === undefined)) return text
  return Object.fromEntries(rates.map(([, name, rate]) => [name, Number(rate)]))
}

/** The items of a text such as `a, b`. */
export function itemsOf(text: string, separator = ','): string[] {
  return text.split(separator).map((item) => item.trim())
}

/** The value of a switch that is on. */
export function valueOn({ on = true }: Setting): boolean {
  return on
}
