/** A decoded JWT; its signature is not checked. */
export interface DecodedToken {
  header: Readonly<Record<string, unknown>>
  payload: Readonly<Record<string, unknown>>
  /** In base64url. */
  signature: string
}

/** Decodes a JWT, or says in one clause why the value is not a JWT: "is null", "has 2 parts". */
export function decodeToken(value: unknown): DecodedToken | string {
  if (value === undefined) return 'is missing'
  if (value === null) return 'is null'
  if (Array.isArray(value)) return 'is a list, not a string'
  if (typeof value === 'object') return 'is an object, not a string'
  if (typeof value !== 'string') return `is a ${typeof value}, not a string`
  if (value === '') return 'is an empty string'
  if (/^bearer\s/i.test(value)) return 'has a prefix ("Bearer "): expected the token only'
  if (/\s/.test(value)) return 'contains white space'
  const parts = value.split('.')
  const [header = '', payload = '', signature = ''] = parts
  if (parts.length !== 3)
    return `has ${parts.length === 1 ? '1 part' : `${parts.length} parts`}, a JWT has 3`
  if (header === '') return 'has an empty header'
  if (payload === '') return 'has an empty payload'
  if (signature === '') return 'has an empty signature'
  if (value.includes('=')) return 'is padded with "=", which base64url in a JWT is not'
  if (!/^[\w-]+$/.test(header + payload + signature)) return 'is not in base64url'
  return decodeParts(header, payload, signature)
}

function decodeParts(header: string, payload: string, signature: string): DecodedToken | string {
  const decodedHeader = decodeObject(header)
  if (!decodedHeader) return 'has a header that is not a JSON object'
  const decodedPayload = decodeObject(payload)
  if (!decodedPayload) return 'has a payload that is not a JSON object'
  return { header: decodedHeader, payload: decodedPayload, signature }
}

/** The claims of a token; no claims where it is not a JWT. */
export function claimsOf(token: unknown): Readonly<Record<string, unknown>> {
  const decoded = decodeToken(token)
  return typeof decoded === 'string' ? {} : decoded.payload
}

function decodeObject(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : undefined
  } catch {
    return undefined
  }
}
