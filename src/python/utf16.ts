import { cannotDecode, PyDecodeError } from './codecs.js'

/** Which byte of a pair comes first. */
export type ByteOrder = 'le' | 'be'

/** The byte order that a byte order mark at the start of a text announces. */
export function markOf([first, second]: Uint8Array): ByteOrder | undefined {
  if (first === 0xff && second === 0xfe) return 'le'
  return first === 0xfe && second === 0xff ? 'be' : undefined
}

/**
 * Python's UTF-16 decoder for a whole text.
 *
 * Throws a {@link PyDecodeError} for a surrogate without its other half, and where the end of the input
 * cuts off a character.
 *
 * @param start Where to begin: after a byte order mark. Messages count from the first byte.
 */
export function decodeUtf16(bytes: Uint8Array, order: ByteOrder, start = 0): string {
  const text = streamUtf16(bytes, order, start)
  const end = start + 2 * text.length
  if (end >= bytes.length) return text
  const isOneByte = end + 1 === bytes.length
  const where = cannotDecode(bytes, end, isOneByte ? end + 1 : bytes.length)
  const reason = isOneByte ? 'truncated data' : 'unexpected end of data'
  throw new PyDecodeError(`'utf-16-${order}' codec ${where}: ${reason}`)
}

/**
 * Python's UTF-16 decoder for a stream. A character that the end of the input cuts off is dropped.
 *
 * Throws a {@link PyDecodeError} for a surrogate without its other half.
 */
export function streamUtf16(bytes: Uint8Array, order: ByteOrder, start = 0): string {
  const units = unitsOf(bytes, order, start)
  const last = units.length - 1
  let text = ''
  for (let index = 0; index <= last; index += 1) {
    const unit = units[index] ?? 0
    const next = units[index + 1] ?? 0
    if (!isSurrogate(unit)) text += String.fromCharCode(unit)
    else if (isLow(unit)) throw fault(bytes, order, start + 2 * index, 'illegal encoding')
    else if (index === last) break
    else if (isLow(next)) text += String.fromCharCode(unit, units[++index] ?? 0)
    else throw fault(bytes, order, start + 2 * index, 'illegal UTF-16 surrogate')
  }
  return text
}

function unitsOf(bytes: Uint8Array, order: ByteOrder, start: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = Math.max(0, Math.floor((bytes.length - start) / 2))
  return Array.from({ length: count }, (_, index) =>
    view.getUint16(start + 2 * index, order === 'le'),
  )
}

const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff

function fault(bytes: Uint8Array, order: ByteOrder, start: number, reason: string): PyDecodeError {
  const where = cannotDecode(bytes, start, start + 2)
  return new PyDecodeError(`'utf-16-${order}' codec ${where}: ${reason}`)
}
