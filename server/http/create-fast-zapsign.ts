import {
  createHmacSigner,
  createZapSignWith,
  type Kept,
  type Signer,
  type ZapSign,
  type ZapSignOptions,
} from '../../src/internal.js'
import { createNodeHmac } from './node-hmac.js'

/** Creates a provider that signs with Node's own HMAC, in half the time of @noble/hashes. */
export function createFastZapSign(options: ZapSignOptions, kept?: Kept): ZapSign {
  return createZapSignWith(options, { createSigner: createNodeSigner, kept })
}

/** Signs with Node's own HMAC. */
export function createNodeSigner(secret: string): Signer {
  return createHmacSigner(createNodeHmac(secret))
}
