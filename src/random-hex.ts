import { bytesToHex } from '@noble/hashes/utils.js'

/** The bytes that are drawn at once: drawing many costs little more than drawing a few. */
const BLOCK = 4096

/** Creates a source of random hex digits. The first block is drawn when the first digits are asked for. */
export function createRandomHex(): (digits: number) => string {
  let block = ''
  let at = 0
  return (digits) => {
    if (at + digits > block.length) {
      // Some runtimes have no random values while modules load.
      block = bytesToHex(crypto.getRandomValues(new Uint8Array(BLOCK)))
      at = 0
    }
    at += digits
    return block.slice(at - digits, at)
  }
}
