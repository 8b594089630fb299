import crypto, { createHmac, createSecretKey } from 'node:crypto'
import type { Hmac } from '../../src/internal.js'

/** Bytes that SHA-256 takes at once. */
const BLOCK = 64

/** Bytes of a SHA-256. */
const DIGEST = 32

/** The most characters of a text that is signed in the fast way: a token of ZapSign has some 200. */
const MOST_CHARACTERS = 1024

/**
 * HMAC-SHA-256 as RFC 2104 makes it of two hashes. `crypto.hash` calculates both in half the time of
 * `createHmac`, which sets up a key for each text.
 */
export function createNodeHmac(secret: string): Hmac {
  const key = createSecretKey(Buffer.from(secret))
  // Some runtimes lack it.
  const { hash } = crypto
  const digest = (text: string) => createHmac('sha256', key).update(text).digest('base64url')
  const encode = (text: string) => Buffer.from(text).toString('base64url')
  if (!hash) return { digest, encode }

  const block = Buffer.alloc(BLOCK)
  const bytes = Buffer.from(secret)
  block.set(bytes.length > BLOCK ? hash('sha256', bytes, 'buffer') : bytes)
  // A character takes at most three bytes.
  const inner = Buffer.alloc(BLOCK + 3 * MOST_CHARACTERS)
  inner.set(block.map((byte) => byte ^ 0x36))
  const outer = Buffer.alloc(BLOCK + DIGEST)
  outer.set(block.map((byte) => byte ^ 0x5c))

  return {
    digest(text) {
      if (text.length > MOST_CHARACTERS) return digest(text)
      const end = BLOCK + inner.write(text, BLOCK)
      outer.write(hash('sha256', inner.subarray(0, end), 'binary'), BLOCK, 'binary')
      return hash('sha256', outer, 'base64url')
    },
    encode,
  }
}
