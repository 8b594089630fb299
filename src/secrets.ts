/** Makes texts that a client chose fit for people to read: they may hold what nobody should. */
export type Withhold = (text: string) => string

/** Longer ones are cut. */
const MOST_CHARACTERS = 254

const WITHHELD = '(withheld)'

/**
 * Takes out segments between slashes that are tokens, or are one of `secrets`, and cuts what is long.
 */
export function createWithhold(secrets: readonly string[]): Withhold {
  const isSecret = (segment: string) => isTokenLike(segment) || secrets.includes(segment)
  return (text) =>
    shorten(
      text
        .split('/')
        .map((segment) => (isSecret(decode(segment)) ? WITHHELD : segment))
        .join('/'),
    )
}

/** Header and payload of every JWT begin with `{"` in base64. */
function isTokenLike(segment: string): boolean {
  return segment.split('.', 2).every((part) => part.startsWith('eyJ')) && segment.includes('.')
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

export function shorten(text: string, most = MOST_CHARACTERS): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`
}
