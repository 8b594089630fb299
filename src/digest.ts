import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** SHA-256 in hex. Unlike Web Crypto's it is synchronous, so that a test can compare without waiting. */
export function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}
