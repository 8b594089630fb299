import { decodeLossy } from '../python/charsets.js'
import { firstUtf8Fault } from '../python/codecs.js'
import { percentEncode, quote, unquoteToBytes } from '../python/urllib.js'

/** ASCII without a percent sign: there is nothing to decode. */
const PLAIN_PATH = /^[\0-$&-\x7f]*$/

/** The values of a path's placeholders, decoded. */
export type Params = Readonly<Record<string, string>>

type Route<E> =
  | { kind: 'found'; endpoint: E; params: Params }
  /** The path lacks the final slash. Django's `APPEND_SLASH` redirects to the location. */
  | { kind: 'slashMissing'; location: string }
  | { kind: 'unknown' }

interface Routable {
  /** Such as `/api/v1/auth/token/{organization_id}/`. */
  path: string
}

/** Finds the endpoint for a raw path. */
export type Router<E> = (rawPath: string) => Route<E>

/** Creates a router that works as Django's URL resolver and its common middleware do. */
export function createRouter<E extends Routable>(endpoints: readonly E[]): Router<E> {
  const templates = endpoints.map((endpoint) => ({ endpoint, ...toTemplate(endpoint.path) }))

  function resolve(path: string): { endpoint: E; params: Params } | undefined {
    const segments = path.split('/')
    for (const template of templates) {
      if (matches(template, segments))
        return { endpoint: template.endpoint, params: paramsOf(template, segments) }
    }
    return undefined
  }

  return (rawPath) => {
    const path = decodePath(rawPath)
    const found = resolve(path)
    if (found) return { kind: 'found', ...found }
    if (path.endsWith('/') || !resolve(`${path}/`)) return { kind: 'unknown' }
    return { kind: 'slashMissing', location: encodePath(`${path}/`) }
  }
}

/** The segments of a path, and the names and places of those that are placeholders. */
interface Template {
  names: readonly string[]
  placeholders: readonly (readonly [name: string, at: number])[]
}

function toTemplate(path: string): Template {
  const names = path.split('/')
  const placeholders = names.flatMap((name, at) =>
    name.startsWith('{') ? [[name.slice(1, -1), at] as const] : [],
  )
  return { names, placeholders }
}

function matches({ names }: Template, segments: readonly string[]): boolean {
  if (names.length !== segments.length) return false
  return names.every(
    (name, at) => name === segments[at] || (name.startsWith('{') && segments[at] !== ''),
  )
}

function paramsOf({ placeholders }: Template, segments: readonly string[]): Params {
  return Object.fromEntries(placeholders.map(([name, at]) => [name, segments[at] ?? '']))
}

/** Decodes a path. Bytes that are not UTF-8 are percent-encoded again. */
function decodePath(rawPath: string): string {
  if (PLAIN_PATH.test(rawPath)) return rawPath
  let bytes = unquoteToBytes(rawPath)
  let path = ''
  for (let fault = firstUtf8Fault(bytes); fault; fault = firstUtf8Fault(bytes)) {
    path += decodeLossy(bytes.subarray(0, fault.start))
    path += percentEncode(bytes.subarray(fault.start, fault.end))
    bytes = bytes.subarray(fault.end)
  }
  return path + decodeLossy(bytes)
}

/** Django's `escape_uri_path`, then its `iri_to_uri`. */
function encodePath(path: string): string {
  return quote(path, "/:@&+$,-_.!~*'()")
}

/** Django's `iri_to_uri`, for the query of a redirect. */
export function encodeQuery(query: string): string {
  return quote(query, "/#%[]=:;$&()+,!?*@'~")
}
