const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * Python's `base64.b64decode(text)`, on text whose characters are bytes: characters outside the alphabet are
 * skipped, and text after the padding is ignored. `undefined` where Python raises an error.
 */
export function b64decode(text: string): string | undefined {
  let digits = ''
  let pads = 0
  for (const character of text) {
    if (character === '=') {
      pads += 1
      const missing = (4 - (digits.length % 4)) % 4
      if (missing > 0 && missing < 3 && pads >= missing) return atob(digits)
    } else if (ALPHABET.includes(character)) {
      digits += character
      pads = 0
    }
  }
  return digits.length % 4 === 0 ? atob(digits) : undefined
}
