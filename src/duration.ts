/** A length of time with its unit (`ms`, `s`, `m`, `h` or `d`): `'1h'`, `'90s'`, `'250ms'`, `'1.5d'`. */
export type Duration = `${number}${Unit}`

type Unit = keyof typeof MILLISECONDS

const MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

const DURATION = /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d)$/

export const DURATION_FORMS = 'a duration with a unit, such as "1h", "90s" or "250ms"'

/** The milliseconds of a {@link Duration} that is not negative, or `undefined` for anything else. */
export function toMilliseconds(value: unknown): number | undefined {
  const milliseconds = toSignedMilliseconds(value)
  return milliseconds !== undefined && milliseconds >= 0 ? milliseconds : undefined
}

/** The milliseconds of a duration that may be negative (`'-1s'`), or `undefined` for anything else. */
export function toSignedMilliseconds(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined
  const [, amount, unit] = DURATION.exec(value) ?? []
  if (amount === undefined) return undefined
  const milliseconds = Number(amount) * MILLISECONDS[unit as Unit]
  return Number.isFinite(milliseconds) ? milliseconds : undefined
}

/** Advice for a number without a unit, which people read as seconds or as milliseconds; else empty. */
export function unitAdvice(value: unknown): string {
  const isBare = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))
  return isBare ? ` (write "${value}s" or "${value}ms")` : ''
}
