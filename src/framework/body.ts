import type { ApiRequest } from '../api.js'
import { decodeStream, PyDecodeError } from '../python/codecs.js'
import { loads, PyJsonError } from '../python/json.js'
import { parseForm, TooManyFieldsError } from '../python/urllib.js'
import { type Answer, refuse } from '../refusals.js'
import { type BodyData, validateFields } from './fields.js'
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

/** What a body has for an endpoint: the values of its fields, or the refusal that the body earns. */
export type Reading<N extends string> = {
  /** The names of all fields that were sent. */
  fields: readonly string[]
} & (
  | {
      values: Record<N, string>
      /** Whether the body is one that ZapSign documents; if not, the frameworks make it one. */
      isDocumented: boolean
      refusal?: never
    }
  | { refusal: Answer; values?: never }
)

/** Reads text fields from a request's body. */
export function readFields<N extends string>(
  request: ApiRequest,
  names: readonly N[],
  messages: Messages,
): Reading<N> {
  const { data, isJson, refusal } = parseBody(request)
  if (refusal) return { fields: [], refusal }
  const fields = data instanceof Map ? [...data.keys()] : []
  const { values, errors } = validateFields(data, names, messages)
  if (errors) return { fields, refusal: refuse('invalidFields', errors) }
  return { fields, values, isDocumented: isJson && holdsOnly(values, data) }
}

/** Whether a body has these fields and no others, as texts that nobody had to trim. */
function holdsOnly(values: Readonly<Record<string, string>>, data: BodyData): boolean {
  const names = Object.keys(values)
  if (!(data instanceof Map) || data.size > names.length) return false
  return names.every((name) => data.get(name) === values[name])
}

type ParsedBody =
  | { data: BodyData; isJson: boolean; refusal?: never }
  | { refusal: Answer; data?: never; isJson?: never }

/** Reads a body by its content type. An empty one is an empty form, whatever it says it is. */
function parseBody(request: ApiRequest): ParsedBody {
  if (request.body.byteLength === 0) return { data: new Map(), isJson: false }
  const contentType = request.headers.get('content-type') ?? ''
  const header = parseHeader(contentType)
  const parse = parserFor(header)
  if (!parse) return { refusal: refuse('unsupportedMediaType', contentType) }
  try {
    const data = parse(request.body, contentType, header.params.get('charset'))
    return { data, isJson: header.value === 'application/json' }
  } catch (error) {
    return { refusal: refusalFor(error) }
  }
}

function parserFor(header: HeaderValue): Parser | undefined {
  return Object.entries(PARSERS).find(([mediaType]) => mediaTypeMatches(mediaType, header))?.[1]
}

function refusalFor(error: unknown): Answer {
  if (error instanceof PyJsonError || error instanceof PyDecodeError) {
    return refuse('parseError', `JSON parse error - ${error.message}`)
  }
  if (error instanceof MultipartError) {
    return refuse('parseError', `Multipart form parse error - ${error.message}`)
  }
  if (error instanceof TooManyFieldsError) return refuse('badRequest')
  throw error
}
