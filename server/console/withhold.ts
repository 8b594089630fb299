/** The text that replaces a secret, in the page and in the command line that repeats a request. */
const VARIABLES = {
  password: '$ZAPSIGN_PASSWORD',
  refresh: '$ZAPSIGN_REFRESH_TOKEN',
  access: '$ZAPSIGN_ACCESS_TOKEN',
} as const

/** Names of fields whose value is a secret, also those that clients use by mistake. The first that fits counts. */
const FIELDS: readonly (readonly [name: RegExp, variable: string])[] = [
  [/pass|pwd|senha|secret/i, VARIABLES.password],
  [/refresh/i, VARIABLES.refresh],
  [/token|access|auth|key/i, VARIABLES.access],
]

const SECRET_HEADERS = /auth|cookie|token|key|secret|pass/i

/** A scheme stays visible, because it is often the mistake. */
const SCHEME = /^(?:bearer|token|jwt|basic|digest|api-?key) +/i

/**
 * A field of a form, of a query or of something like JSON: its name, what follows it, and its value. A
 * name is tried from its start only, so that a long word takes no long time.
 */
const FIELD =
  /(["']?)(?<![\w.%-])([\w.%-]+)\1(\s*[:=]\s*)("(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)|[^\s,&}\]]+)/g

/** A part of a multipart form: its head, the name in it, and its value. */
const PART = /(name="?([\w.-]+)"?[^\r\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\n)([\s\S]*?)(?=\r?\n--|$)/g

/**
 * Takes secrets out of what a client sent.
 *
 * @param redact Takes known passwords and API tokens out of a text, wherever they are.
 */
export function createWithhold(redact: (text: string) => string) {
  return {
    header(name: string, value: string): string {
      if (!SECRET_HEADERS.test(name)) return redact(value)
      if (name.toLowerCase() !== 'authorization') return `(withheld: ${value.length} characters)`
      return value === '' ? '' : (SCHEME.exec(value)?.[0] ?? '') + VARIABLES.access
    },

    /** A body or a query in any form. A secret field keeps its name, and a variable becomes its value. */
    fields(content: string): string {
      // Text of two or four bytes for each character.
      if (content.includes('\0')) return '(withheld: this is not UTF-8)'
      return redact(inJson(content) ?? inText(content))
    },
  }
}

/** JSON is written anew: names and values may be escaped, and values may be lists. */
function inJson(content: string): string | undefined {
  try {
    const value = JSON.parse(content, withholdValue)
    return JSON.stringify(value, undefined, content.includes('\n') ? 2 : 0)
  } catch {
    return undefined
  }
}

/** Blank values, `null` and booleans stay visible, because they are often the mistake. */
function withholdValue(name: string, value: unknown): unknown {
  const variable = variableFor(name)
  if (!variable) return value
  if (typeof value === 'string') return value.trim() === '' ? value : variable
  if (typeof value === 'number') return variable
  return typeof value === 'object' && value !== null ? '(withheld)' : value
}

function inText(content: string): string {
  return content
    .replace(PART, (whole, head: string, name: string) => {
      const variable = variableFor(name)
      return variable ? head + variable : whole
    })
    .replace(FIELD, (whole, quote: string, name: string, between: string, value: string) => {
      const variable = variableFor(decode(name))
      if (!variable) return whole
      const valueQuote = /^["']/.exec(value)?.[0] ?? ''
      return quote + name + quote + between + valueQuote + variable + valueQuote
    })
}

function variableFor(name: string): string | undefined {
  return FIELDS.find(([names]) => names.test(name))?.[1]
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
