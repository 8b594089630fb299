import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { decodeBase64url, encodeBase64url, encodeText } from './base64url.js'
import { parseToken } from './framework/pyjwt.js'
import { HEADER, type Signer } from './tokens.js'

/** HMAC-SHA-256 with one key, and the base64url form that a token has. Both are synchronous. */
export interface Hmac {
  /** The HMAC of a text as base64url without padding. */
  digest(text: string): string
  /** A text's UTF-8 as base64url without padding. */
  encode(text: string): string
}

const ENCODED_HEADER = encodeText(JSON.stringify(HEADER))

/** Header and payload of a token that has ZapSign's header, then its signature. */
const OWN_TOKEN = new RegExp(`^(${ENCODED_HEADER}\\.([\\w-]*))\\.([\\w-]*)$`)

/**
 * Signs and verifies without waiting. Accepts what PyJWT accepts, which is more than RFC 7515 allows:
 * base64 with other characters in it, and critical headers that it does not understand.
 */
export function createHmacSigner({ digest, encode }: Hmac): Signer {
  return {
    sign(payload) {
      const signed = `${ENCODED_HEADER}.${encode(payload)}`
      return `${signed}.${digest(signed)}`
    },
    verify(token) {
      const [, signed = '', payload = '', signature] = OWN_TOKEN.exec(token) ?? []
      // The usual token needs no parsing.
      if (signature !== undefined && signature === digest(signed)) return decodeBase64url(payload)
      const parts = parseToken(token)
      if (!parts || encodeBase64url(parts.signature) !== digest(parts.signed)) return undefined
      return parts.payload
    },
  }
}

/** Bytes for the text of a token: ZapSign's have some 200. */
const BUFFER = 3072

/** Signs with @noble/hashes, which needs neither Node nor Web Crypto. */
export function createNobleSigner(secret: string): Signer {
  const keyed = hmac.create(sha256, utf8ToBytes(secret))
  // Used again for each token: new ones take longer than the hash.
  const work = keyed.clone()
  const buffer = new Uint8Array(BUFFER)
  const encoder = new TextEncoder()

  function toBytes(text: string): Uint8Array {
    // A character takes at most three bytes.
    if (text.length > BUFFER / 3) return utf8ToBytes(text)
    return buffer.subarray(0, encoder.encodeInto(text, buffer).written)
  }

  return createHmacSigner({
    digest: (text) => encodeBase64url(keyed._cloneInto(work).update(toBytes(text)).digest()),
    encode: encodeText,
  })
}
