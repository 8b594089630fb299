import { strip, toInt } from '../python/text.js'
import { mediaTypeMatches, parseHeader, precedenceOf } from './media-type.js'

/** How a JSON reply is written. */
export interface Rendering {
  /** Spaces per level; undefined for compact JSON. */
  indent?: number | undefined
}

/**
 * Django REST framework's content negotiation, for a view that renders only JSON: the most specific
 * range of the Accept header that matches JSON decides, and may ask for an indentation. Weights (`q`)
 * are ignored, so `application/json;q=0` matches too.
 *
 * Returns `undefined` when no range matches JSON.
 */
export function negotiate(accept: string | null): Rendering | undefined {
  if (accept === null || accept === '*/*' || accept === 'application/json') return COMPACT
  const ranges = (accept ?? '*/*').split(',').map((range) => parseHeader(strip(range)))
  const admitting = ranges.filter((range) => mediaTypeMatches('application/json', range))
  const [chosen] = admitting.sort((one, other) => precedenceOf(other) - precedenceOf(one))
  if (!chosen) return undefined
  const indent = toInt(chosen.params.get('indent') ?? '')
  return { indent: indent && indent > 0 ? Math.min(indent, MOST_INDENT) : undefined }
}

const COMPACT: Rendering = { indent: undefined }

const MOST_INDENT = 8

/** JSON as the framework renders it: besides JSON's own escapes, it escapes U+2028 and U+2029. */
export function renderJson(data: unknown, { indent }: Rendering = {}): string {
  const text = JSON.stringify(data, null, indent)
  if (!/[\u2028\u2029]/.test(text)) return text
  return text.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}
