/** Looked for where a word begins only: a long one would be read again from each of its letters. */
const TOKEN = /(?<![\w-])[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g

/** Shorter values are withheld only where they stand alone: they are part of too much. */
const SHORT = 4

const WITHHELD = '(withheld)'

/** A text without tokens, and without secrets, however they are written. */
export function redact(text: string, secrets: Iterable<string> = []): string {
  const withoutSecrets = [...secrets]
    .filter(Boolean)
    // A secret may hold another.
    .sort((one, other) => other.length - one.length)
    .flatMap(spellingsOf)
    .reduce(withhold, text)
  return withoutSecrets.replace(TOKEN, '(a token)')
}

/** As it is, as in JSON, and as in a URL. */
function spellingsOf(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1)
  return [...new Set([secret, inJson, encodeURIComponent(secret.replace(/\p{Surrogate}/gu, ''))])]
}

function withhold(text: string, secret: string): string {
  if (secret.length >= SHORT) return text.replaceAll(secret, WITHHELD)
  const escaped = secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return text.replace(new RegExp(`(?<![\\w])${escaped}(?![\\w])`, 'g'), WITHHELD)
}
