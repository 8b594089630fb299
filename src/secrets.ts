import {
  createSecretIndex,
  joined,
  replaceSpans,
  type SecretIndex,
  type Span,
  spansOf,
} from './secret-index.js'

/** The passwords of the users there are. */
export type Passwords = Pick<SecretIndex, 'find' | 'spansIn'>

/** Takes secrets out of a text that a client chose. */
export type Redact = (text: string, passwords?: Passwords) => string

const WITHHELD = '(withheld)'

/** The journal cuts longer texts. */
const MOST_CHARACTERS = 254

/** Longer texts are cut before the search: decoding makes three characters one, and may be repeated. */
const MOST_SEARCHED = 8192

/** How often a text may be percent-encoded. */
const MOST_DECODINGS = 3

/** Header and payload of every JWT begin with `{"` in base64. */
const JWT = /eyJ[\w-]*\.eyJ[\w.-]*|eyJ[\w-]{12,}\.[\w.-]*/g

/** What only a text with an escape, a JWT or a URL has, or one that has to be cut. */
const SUSPICIOUS = /%|eyJ|\/\/|^[\s\S]{8192}/

/** The user name and the password in a URL. */
const USERINFO = /(?<=\/\/)[^/?#\s@]*(?=@)/g

/**
 * Creates a function that replaces secrets, texts like a JWT and the user information of URLs,
 * percent-encoded or not and in any letter case. A secret of less than 6 characters is replaced only
 * where it is a whole segment or value.
 *
 * @param tokens Secrets that never change. Passwords come with each text.
 */
export function createRedact(tokens: readonly string[]): Redact {
  const own = createSecretIndex(tokens)

  function secretsIn(text: string, passwords: Passwords | undefined): readonly Span[] {
    const spans = own.spansIn(text)
    return passwords ? joined(spans, passwords.spansIn(text)) : spans
  }

  function redactOnce(text: string, passwords: Passwords | undefined): string {
    // All are found before any is replaced: a part of one may be a part of another.
    const spans = [...secretsIn(text, passwords), ...spansOf(text, USERINFO)]
    // Without a dot there is no JWT, and a search for one would try every `eyJ`.
    if (text.includes('.')) spans.push(...spansOf(text, JWT))
    return replaceSpans(text, spans, WITHHELD)
  }

  return (text, passwords) => {
    if (!SUSPICIOUS.test(text)) {
      return replaceSpans(text, secretsIn(text, passwords), WITHHELD)
    }
    const searched = text.slice(0, MOST_SEARCHED)
    let redacted = redactOnce(searched, passwords)
    let isClean = redacted === searched
    for (let round = 0; round < MOST_DECODINGS && redacted.includes('%'); round += 1) {
      const decoded = decode(redacted)
      const next = redactOnce(decoded, passwords)
      if (next !== decoded) isClean = false
      redacted = next
    }
    return isClean ? text : redacted
  }
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
