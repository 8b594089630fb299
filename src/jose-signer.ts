import { CompactSign, type CryptoKey, compactVerify } from 'jose'
import { OwnError } from './misuse.js'
import type { Signer } from './tokens.js'

const encoder = new TextEncoder()

/** Signs and verifies with jose, through Web Crypto: the reference for every other signer. */
export function createJoseSigner(secret: string): Signer {
  let imported: Promise<CryptoKey> | undefined
  const key = () => (imported ??= importKey(secret))

  return {
    async sign(header, payload) {
      // jsdom has a Uint8Array of its own, which jose expects, and TextEncoder returns another one.
      const bytes = Uint8Array.from(encoder.encode(payload))
      return new CompactSign(bytes).setProtectedHeader(header).sign(await key())
    },
    async verify(token) {
      const own = await key()
      try {
        return (await compactVerify(token, own, { algorithms: ['HS256'] })).payload
      } catch {
        return undefined
      }
    },
  }
}

async function importKey(secret: string): Promise<CryptoKey> {
  if (!globalThis.crypto?.subtle) throw new OwnError(NO_WEB_CRYPTO)
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  return crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, [
    'sign',
    'verify',
  ])
}

const NO_WEB_CRYPTO =
  "Signing tokens needs Web Crypto (crypto.subtle), which is missing here. Browsers have it only on https and on localhost. Jest's jsdom hides Node's: in a setup file, set globalThis.crypto to the webcrypto of Node's crypto module"
