/** Takes secrets out of a text that a client chose. */
export type Redact = (text: string, passwords?: Iterable<string>) => string

const WITHHELD = '(withheld)'

/** The journal cuts longer texts. */
const MOST_CHARACTERS = 254

/** Longer texts are cut before the search: decoding makes three characters one, and may be repeated. */
const MOST_SEARCHED = 8192

/** How often a text may be percent-encoded. */
const MOST_DECODINGS = 3

/** Shorter secrets may be a part of an ordinary word. */
const SHORTEST_ANYWHERE = 6

/** Header and payload of every JWT begin with `{"` in base64. */
const JWT = /eyJ[\w-]*\.eyJ[\w.-]*|eyJ[\w-]{12,}\.[\w.-]*/g

/** The user name and the password in a URL. */
const USERINFO = /\/\/[^/?#\s@]*@/g

/**
 * Creates a function that replaces secrets, texts like a JWT and the user information of URLs,
 * percent-encoded or not and in any letter case. A secret of less than 6 characters is replaced only
 * where it is a whole segment or value.
 *
 * @param tokens Secrets that never change. Passwords come with each text.
 */
export function createRedact(tokens: readonly string[]): Redact {
  return (text, passwords = []) => {
    const secrets = [...tokens, ...passwords]
    const searched = text.slice(0, MOST_SEARCHED)
    let redacted = redactOnce(searched, secrets)
    let isClean = redacted === searched
    for (let round = 0; round < MOST_DECODINGS && redacted.includes('%'); round += 1) {
      const decoded = decode(redacted)
      const next = redactOnce(decoded, secrets)
      if (next !== decoded) isClean = false
      redacted = next
    }
    return isClean ? text : redacted
  }
}

function redactOnce(text: string, secrets: readonly string[]): string {
  let redacted = text.replace(JWT, WITHHELD).replace(USERINFO, `//${WITHHELD}@`)
  for (const secret of secrets) {
    if (secret.length >= SHORTEST_ANYWHERE) redacted = replaceAll(redacted, secret)
  }
  const short = secrets.filter(({ length }) => length > 0 && length < SHORTEST_ANYWHERE)
  if (short.length === 0) return redacted
  const values = new Set(short.map((secret) => secret.toLowerCase()))
  return redacted.replace(/[^/?#&=:;,@\s]+/g, (value) =>
    values.has(value.toLowerCase()) ? WITHHELD : value,
  )
}

/** Replaces a secret in any letter case. */
function replaceAll(text: string, secret: string): string {
  const lower = text.toLowerCase()
  const wanted = secret.toLowerCase()
  if (!lower.includes(wanted)) return text
  // In a few languages a letter has another length in lower case.
  if (lower.length !== text.length) return text.replaceAll(secret, WITHHELD)
  let replaced = ''
  let from = 0
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    replaced += text.slice(from, at) + WITHHELD
    from = at + wanted.length
  }
  return replaced + text.slice(from)
}

/** Decodes what is percent-encoded; an escape that is not valid stays. */
function decode(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes
    }
  })
}

/** Cuts a long text, and says how long it was. */
export function shorten(text: string, most = MOST_CHARACTERS): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`
}
