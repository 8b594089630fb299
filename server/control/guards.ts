import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isLoopback } from './loopback.js'
import type { ControlOptions } from './options.js'
import { Problem } from './problem.js'

/** Decides who may call the control API. Each guard throws a {@link Problem}. */
export interface Guards {
  /** Refuses requests that another site or another host name brought here. */
  checkOrigin(request: IncomingMessage, isPage: boolean): void
  checkToken(request: IncomingMessage): void
}

export function createGuards({ token, hosts = [] }: ControlOptions): Guards {
  const expected = token === undefined ? undefined : digest(token)
  const names = new Set(hosts.map(normalize))

  function checkHost(request: IncomingMessage): void {
    const [host = '', ...others] = request.headersDistinct['host'] ?? []
    const name = hostName(host)
    const isKnown =
      name !== undefined &&
      others.length === 0 &&
      (isLoopback(name) || names.has(name) || name === addressOf(request.socket.localAddress))
    if (isKnown) return
    throw new Problem(
      403,
      `The Host header must be loopback, an address of the mock, or a name given with --control-host, got ${JSON.stringify(host)}`,
    )
  }

  function checkCaller({ socket }: IncomingMessage): void {
    const address = addressOf(socket.remoteAddress)
    if (expected || (address !== undefined && isLoopback(address))) return
    throw new Problem(403, 'Only programs on this machine may call without --control-token')
  }

  return {
    checkOrigin(request, isPage) {
      checkHost(request)
      checkCaller(request)
      checkFetchSite(request, isPage)
      checkOriginHeader(request)
    },
    checkToken({ headers }) {
      if (!expected) return
      const [, given = ''] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? []
      if (timingSafeEqual(digest(given), expected)) return
      throw new Problem(
        401,
        given
          ? 'The control token is wrong'
          : 'The control API needs the header Authorization: Bearer with the control token',
        { headers: { 'www-authenticate': 'Bearer realm="zapsign-mock control"' } },
      )
    },
  }
}

/** A link on another site may lead to a page without data. */
function checkFetchSite({ headers, method }: IncomingMessage, isPage: boolean): void {
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return
  const isNavigation =
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  if (isPage && isNavigation) return
  throw new Problem(403, `Sec-Fetch-Site must be same-origin or none, got ${JSON.stringify(site)}`)
}

function checkOriginHeader({ headers }: IncomingMessage): void {
  const { origin, host = '' } = headers
  if (origin === undefined || /^https?:\/\/(.*)$/i.exec(origin)?.[1] === host) return
  throw new Problem(
    403,
    `The Origin header must be that of the mock itself, got ${JSON.stringify(origin)}`,
  )
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** The name in a Host header, or `undefined` where it is malformed. */
function hostName(host: string): string | undefined {
  const [, name] = /^(\[[\da-f:.]+\]|[^\s/:@[\]]+)(?::\d*)?$/i.exec(host) ?? []
  return name && normalize(name)
}

function normalize(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}

/** An address of a socket as a Host header writes it. */
function addressOf(address: string | undefined): string | undefined {
  const plain = address?.replace(/^::ffff:/i, '')
  return plain?.includes(':') ? `[${plain}]` : plain
}
