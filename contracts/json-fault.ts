import { parse } from 'lossless-json'

/** Why a text is not JSON: "it begins with a byte order mark". The text itself is not quoted. */
export function jsonFault(text: string): string {
  if (text.trim() === '') return 'it is empty'
  if (text.startsWith('\ufeff')) return 'it begins with a byte order mark'
  const place = placeOf(text)
  return place ? `it is not valid JSON at ${place}` : 'it is not valid JSON'
}

/** Where a text stops being JSON. The message of JSON.parse may quote the text, and often has no place. */
function placeOf(text: string): string | undefined {
  try {
    parse(text)
    return undefined
  } catch (error) {
    const [, position] = /at position (\d+)/.exec(String(error)) ?? []
    if (position === undefined) return undefined
    const before = text.slice(0, Number(position)).split('\n')
    return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
  }
}
