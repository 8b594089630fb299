import type { Socket } from 'node:net'
import type { Request, RequestHandler, Response } from 'express'
import {
  type ApiReply,
  type ApiRequest,
  type Fault,
  hold,
  TIMEOUT_HOLD,
  wait,
  type ZapSign,
} from '../../src/internal.js'
import { readBody } from './read-body.js'

interface Carrier {
  /** Milliseconds. */
  latency: number
  /** Aborts when the server closes. */
  signal: AbortSignal | undefined
}

/** Carries each request to the provider and its reply back, and decides nothing. */
export function carry(zapsign: ZapSign, { latency, signal }: Carrier): RequestHandler {
  return async (request, response) => {
    try {
      const reply = await zapsign.reply(await toApiRequest(request))
      if (latency > 0) await wait(latency, whileConnected(response))
      if (reply.fault === 'timeout')
        await hold(TIMEOUT_HOLD.socket, reply, whileConnected(response, signal))
      send(reply, request, response)
    } catch (error) {
      // Express hands it on, unless the client went away or the server closes: nobody is left to answer.
      if (!request.socket.destroyed && !signal?.aborted) throw error
      request.socket.destroy()
    }
  }
}

async function toApiRequest(request: Request): Promise<ApiRequest> {
  const target = request.url.replace(/^https?:\/\/[^/?]*/i, '')
  const [path = ''] = target.split('?', 1)
  return {
    method: request.method,
    path,
    query: target.slice(path.length + 1),
    headers: { get: (name) => headerOf(request, name) },
    body: await readBody(request),
    baseUrl: `${request.protocol}://${request.get('host') ?? 'localhost'}${request.baseUrl}`,
  }
}

/** A header that came more than once is joined, as `Headers` does: Node would keep its first value. */
function headerOf(request: Request, name: string): string | null {
  const values = request.headersDistinct[name.toLowerCase()] ?? []
  return values.length > 1 ? values.join(', ') : (request.get(name) ?? null)
}

/** Aborts when the client goes away, or the server closes. */
function whileConnected(response: Response, closing?: AbortSignal): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return closing ? AbortSignal.any([gone.signal, closing]) : gone.signal
}

/** Milliseconds for which a client may go on sending what nobody wants. */
const LINGER = 1000

/**
 * What is left of the body will not be read, so the connection cannot be used again. To close it at
 * once would take the reply away from a client that is still sending: first our half is closed.
 */
function closeAfter(request: Request, response: Response): void {
  const { socket } = request
  response.setHeader('connection', 'close')
  socket.destroySoon = () => {
    socket.end()
    request.resume()
    setTimeout(() => socket.destroy(), LINGER).unref()
  }
}

function breakConnection(fault: Fault, socket: Socket): void {
  if (fault === 'connectionReset') socket.resetAndDestroy()
  else socket.destroy()
}

function send(reply: ApiReply, request: Request, response: Response): void {
  if (reply.fault) {
    breakConnection(reply.fault, request.socket)
    return
  }
  response.statusCode = reply.status
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value)
  if (!request.complete) closeAfter(request, response)
  response.end(reply.body)
}
