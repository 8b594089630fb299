import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** Something that a client sent and that the server did not pass on as a request. */
export interface Refused {
  method: string
  path: string
  /** A sentence. */
  why: string
}

/** Node's error for bytes that it cannot read as HTTP. */
interface ClientError extends Error {
  code?: string
  reason?: string
  rawPacket?: Buffer
}

/** Reports everything that Node itself refuses. A request that has begun is left to its own reader. */
export function watchRefused(
  server: Server,
  { hasBegun, onRefused }: { hasBegun(socket: Duplex): boolean; onRefused(what: Refused): void },
): void {
  server.on('clientError', (error: ClientError, socket) => {
    // Other codes are for connections that were reset or timed out: nothing was sent on them.
    if (error.code?.startsWith('HPE_') && !hasBegun(socket)) onRefused(unreadable(error))
    hangUp(socket)
  })
  server.on('connect', ({ url = '' }, socket) => {
    onRefused({ method: 'CONNECT', path: url, why: 'It was sent as if to a proxy.' })
    hangUp(socket)
  })
  server.on('checkExpectation', ({ method = '', url = '', headers }, response) => {
    const [path = ''] = url.split('?', 1)
    const why = `It was sent with Expect: ${headers.expect}, and HTTP knows only 100-continue.`
    onRefused({ method, path, why })
    response.writeHead(417, { connection: 'close' }).end()
  })
}

function hangUp(socket: Duplex): void {
  socket.on('error', () => {})
  socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n', () => socket.destroy())
}

const HANDSHAKE = 0x16

/** The longest request line that is read: more of it would not be shown. */
const LONGEST_LINE = 2000

function unreadable({ code, reason, rawPacket = Buffer.alloc(0) }: ClientError): Refused {
  const [line = ''] = rawPacket.subarray(0, LONGEST_LINE).toString('latin1').split('\r\n', 1)
  const { method, path } = parseLine(line)
  if (rawPacket[0] === HANDSHAKE)
    return { method, path, why: 'It is TLS, and the base URL begins with http:.' }
  if (code === 'HPE_HEADER_OVERFLOW') return { method, path, why: 'Its headers are too long.' }
  return { method, path, why: `It is not valid HTTP (${reason ?? code}).` }
}

function parseLine(line: string): { method: string; path: string } {
  const [method = '', target = '', version = ''] = line.split(' ', 3)
  const isCut = line.length === LONGEST_LINE
  const isRequest = /^[A-Z]+$/.test(method) && (isCut || version.startsWith('HTTP/'))
  if (!isRequest) return { method: 'not HTTP', path: '' }
  return { method, path: target.split('?', 1)[0] ?? '' }
}
