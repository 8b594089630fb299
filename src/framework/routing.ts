import { decodeLossy, firstUtf8Fault } from '../python/codecs.js'
import { percentEncode, quote, unquoteToBytes } from '../python/urllib.js'

/** The values of a path's placeholders, decoded. */
export type Params = Readonly<Record<string, string>>

export type Route<E> =
  | { kind: 'found'; endpoint: E; params: Params }
  /** The path lacks the final slash. Django's `APPEND_SLASH` redirects to the location. */
  | { kind: 'slashMissing'; location: string }
  | { kind: 'unknown' }

interface Routable {
  /** Such as `/api/v1/auth/token/{organization_id}/`. */
  path: string
}

/** Finds the endpoint for a raw path, as Django's URL resolver and its common middleware do. */
export function route<E extends Routable>(endpoints: readonly E[], rawPath: string): Route<E> {
  const path = decodePath(rawPath)
  const found = resolve(endpoints, path)
  if (found) return { kind: 'found', ...found }
  if (path.endsWith('/') || !resolve(endpoints, `${path}/`)) return { kind: 'unknown' }
  return { kind: 'slashMissing', location: encodePath(`${path}/`) }
}

function resolve<E extends Routable>(
  endpoints: readonly E[],
  path: string,
): { endpoint: E; params: Params } | undefined {
  for (const endpoint of endpoints) {
    const params = match(endpoint.path, path)
    if (params) return { endpoint, params }
  }
  return undefined
}

function match(template: string, path: string): Params | undefined {
  const names = template.split('/')
  const segments = path.split('/')
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
