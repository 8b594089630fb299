import { connect } from 'node:net'
import type { RawRequest } from './corpus.js'

/** A reply as it came over the socket. Header names are in lower case. */
export interface RawReply {
  status: number
  headers: Record<string, string>
  body: string
  bytes: Buffer
}

/** Sends a request byte by byte as it stands, and reads the reply until the connection closes. */
export function send(
  port: number,
  { method, target, headers, body }: RawRequest,
): Promise<RawReply> {
  const all = { host: 'api.zapsign.com.br', connection: 'close', ...headers }
  const length =
    body.length > 0 || method === 'POST' ? { 'content-length': String(body.length) } : {}
  const lines = Object.entries({ ...all, ...length }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1')
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.concat([head, body])))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => {
      if (chunks.length > 0) resolve(parse(Buffer.concat(chunks)))
      else reject(new Error('The connection closed without a reply'))
    })
  })
}

function parse(bytes: Buffer): RawReply {
  const end = bytes.indexOf('\r\n\r\n')
  const [status = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return {
    status: Number(status.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: bytes.subarray(end + 4).toString('utf8'),
    bytes: bytes.subarray(end + 4),
  }
}
