/** A length of time: `'1h'`, `'90s'`, `'250ms'`, `'1.5d'`, or a number of seconds. */
export type Duration = number | `${number}${keyof typeof MILLISECONDS}`

const MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/

export const DURATION_FORMS = 'a duration such as "1h", "90s", "250ms", or a number of seconds'

/** The milliseconds of a {@link Duration}, or `undefined` when it is none. A bare `'90'` is seconds. */
export function toMilliseconds(value: unknown): number | undefined {
  if (typeof value === 'number') return finite(value * 1000)
  if (typeof value !== 'string') return undefined
  const [, amount, unit = 's'] = DURATION.exec(value) ?? []
  if (amount === undefined) return undefined
  return finite(Number(amount) * MILLISECONDS[unit as keyof typeof MILLISECONDS])
}

function finite(milliseconds: number): number | undefined {
  return Number.isFinite(milliseconds) && milliseconds >= 0 ? milliseconds : undefined
}
