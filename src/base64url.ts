/** The base64url form of bytes, without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return urlSafe(btoa(binary))
}

/** The base64url form of a text's UTF-8, without padding. */
export function encodeText(text: string): string {
  const isAscii = /^[\0-\x7f]*$/.test(text)
  return isAscii ? urlSafe(btoa(text)) : encodeBase64url(new TextEncoder().encode(text))
}

function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** The bytes of a base64url text, or `undefined` when the length shows that it is cut off. */
export function decodeBase64url(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at)
  return bytes
}
