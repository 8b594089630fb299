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
  const templates = endpoints.map((endpoint) => ({ endpoint, names: endpoint.path.split('/') }))

  function resolve(path: string): { endpoint: E; params: Params } | undefined {
    const segments = path.split('/')
    for (const { endpoint, names } of templates) {
      const params = match(names, segments)
      if (params) return { endpoint, params }
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

function match(names: readonly string[], segments: readonly string[]): Params | undefined {
  if (names.length !== segments.length) return undefined
  const params: [string, string][] = []
  for (const [index, name] of names.entries()) {
    const segment = segments[index] ?? ''
    if (name.startsWith('{') && segment !== '') params.push([name.slice(1, -1), segment])
    else if (name !== segment) return undefined
  }
  return Object.fromEntries(params)
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
