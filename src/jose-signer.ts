import { CompactSign, type CryptoKey, compactVerify } from 'jose'
import { OwnError } from './misuse.js'
import { HEADER, type Signer } from './tokens.js'

const encoder = new TextEncoder()

/** Signs and verifies with jose, through Web Crypto: the reference for every other signer. */
export function createJoseSigner(secret: string): Signer {
  let imported: Promise<CryptoKey> | undefined
  const key = () => (imported ??= importKey(secret))

  return {
    async sign(payload) {
      // jsdom has a Uint8Array of its own, which jose expects, and TextEncoder returns another one.
      const bytes = Uint8Array.from(encoder.encode(payload))
      return new CompactSign(bytes).setProtectedHeader(HEADER).sign(await key())
    },
    async verify(token) {
      try {
        // jose asks for the key only when it has accepted the header.
        return (await compactVerify(token, key, { algorithms: ['HS256'] })).payload
      } catch (error) {
        if (error instanceof OwnError) throw error
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
  "Verifying a token whose header is not ZapSign's needs Web Crypto (crypto.subtle), which is missing here. Browsers have it only on https and on localhost. Jest's jsdom hides Node's: in a setup file, set globalThis.crypto to the webcrypto of Node's crypto module"
