import { CompactSign, compactVerify } from 'jose'
import { HEADER, type Signer } from '../src/tokens.js'

/** Signs and verifies with jose: the reference that the provider's own signer is compared with. */
export function createJoseSigner(secret: string): Signer {
  const key = new TextEncoder().encode(secret)

  return {
    async sign(payload) {
      return new CompactSign(new TextEncoder().encode(payload)).setProtectedHeader(HEADER).sign(key)
    },
    async verify(token) {
      try {
        return (await compactVerify(token, key, { algorithms: ['HS256'] })).payload
      } catch {
        return undefined
      }
    },
  }
}
