/** It matches only at the beginning of a word: otherwise a long word is read again from each letter. */
const TOKEN = /(?<![\w-])[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g

/** Shorter secrets are withheld only as whole words: they are a part of many words. */
const SHORT = 4

const WITHHELD = '(withheld)'

/** A text without tokens, and without secrets as they are, in JSON or in a URL. */
export function redact(text: string, secrets: Iterable<string> = []): string {
  const withoutSecrets = [...secrets]
    .filter(Boolean)
    // A secret may be a part of another one.
    .sort((one, other) => other.length - one.length)
    .flatMap(spellingsOf)
    .reduce(withhold, text)
  return withoutSecrets.replace(TOKEN, '(a token)')
}

/** A secret as it is, in JSON and in a URL. */
function spellingsOf(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1)
  return [...new Set([secret, inJson, encodeURIComponent(secret.replace(/\p{Surrogate}/gu, ''))])]
}

function withhold(text: string, secret: string): string {
  if (secret.length >= SHORT) return text.replaceAll(secret, WITHHELD)
  const escaped = secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return text.replace(new RegExp(`(?<![\\w])${escaped}(?![\\w])`, 'g'), WITHHELD)
}
