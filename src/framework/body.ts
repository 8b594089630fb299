import type { ApiRequest } from '../api.js'
import { decodeStream } from '../python/charsets.js'
import { PyDecodeError } from '../python/codecs.js'
import { PyCrash } from '../python/crash.js'
import { loads, PyJsonError } from '../python/json.js'
import { strip } from '../python/text.js'
import { parseForm, TooManyFieldsError } from '../python/urllib.js'
import { type BodyData, type FieldErrors, validateFields } from './fields.js'
import { type HeaderValue, mediaTypeMatches, parseHeader } from './media-type.js'
import type { Messages } from './messages.js'
import { MultipartError, parseMultipart } from './multipart.js'

type Parser = (bytes: Uint8Array, contentType: string, charset: string | undefined) => BodyData

/** The framework's parsers, in its order. */
const PARSERS = {
  'application/json': (bytes, _contentType, charset) => loads(decodeStream(bytes, charset)),
  'application/x-www-form-urlencoded': (bytes, _contentType, charset) => parseForm(bytes, charset),
  'multipart/form-data': parseMultipart,
} as const satisfies Record<string, Parser>

/** The media types that a body may have, in the order in which OPTIONS lists them. */
export const MEDIA_TYPES = Object.keys(PARSERS)

const PARSER_LIST: readonly [string, Parser][] = Object.entries(PARSERS)

/** Why a body cannot be read or validated. */
export type BodyFault =
  | { name: 'invalidFields'; errors: FieldErrors }
  | { name: 'unsupportedMediaType'; contentType: string }
  | { name: 'parseError'; detail: string }
  | { name: 'badRequest' }
  | { name: 'crashed' }

/** The values of an endpoint's fields in a body, or the fault of the body. */
export type Reading<N extends string> = {
  /** The names of all fields that were sent. */
  fields: readonly string[]
} & (
  | {
      values: Record<N, string>
      /** Whether ZapSign documents a body like this. The frameworks accept others too. */
      isDocumented: boolean
      fault?: never
    }
  | { fault: BodyFault; values?: never; isDocumented?: never }
)

/** Reads text fields from a request's body. */
export function readFields<N extends string>(
  request: ApiRequest,
  names: readonly N[],
  messages: Messages,
): Reading<N> {
  const { data, isJson, fault } = parseBody(request)
  if (fault) return { fields: [], fault }
  const fields = data instanceof Map ? [...data.keys()] : []
  const { values, errors } = validateFields(data, names, messages)
  if (errors) return { fields, fault: { name: 'invalidFields', errors } }
  return { fields, values, isDocumented: isJson && holdsOnly(values, data) }
}

/** Reads one text field, trimmed, from a body that may hold anything. */
export function readText(request: ApiRequest, name: string): string | undefined {
  const { data } = parseBody(request)
  const value = data instanceof Map ? data.get(name) : undefined
  return typeof value === 'string' ? strip(value) : undefined
}

/** Whether a body has these fields and no others, as texts that need no trimming. */
function holdsOnly(values: Readonly<Record<string, string>>, data: BodyData): boolean {
  const names = Object.keys(values)
  if (!(data instanceof Map) || data.size > names.length) return false
  return names.every((name) => data.get(name) === values[name])
}

type ParsedBody =
  | { data: BodyData; isJson: boolean; fault?: never }
  | { fault: BodyFault; data?: never; isJson?: never }

/** Reads a body by its content type. An empty body is an empty form, whatever its type is. */
function parseBody(request: ApiRequest): ParsedBody {
  if (request.body.byteLength === 0) return { data: new Map(), isJson: false }
  const contentType = request.headers.get('content-type') ?? ''
  const header = parseHeader(contentType)
  const parse = parserFor(header)
  if (!parse) return { fault: { name: 'unsupportedMediaType', contentType } }
  try {
    const data = parse(request.body, contentType, header.params.get('charset'))
    return { data, isJson: header.value === 'application/json' }
  } catch (error) {
    return { fault: faultFor(error) }
  }
}

function parserFor(header: HeaderValue): Parser | undefined {
  return PARSER_LIST.find(([mediaType]) => mediaTypeMatches(mediaType, header))?.[1]
}

function faultFor(error: unknown): BodyFault {
  if (error instanceof PyJsonError || error instanceof PyDecodeError) {
    return { name: 'parseError', detail: `JSON parse error - ${error.message}` }
  }
  if (error instanceof MultipartError) {
    return { name: 'parseError', detail: `Multipart form parse error - ${error.message}` }
  }
  if (error instanceof TooManyFieldsError) return { name: 'badRequest' }
  if (error instanceof PyCrash) return { name: 'crashed' }
  throw error
}
