import type { Request, RequestHandler, Response } from 'express'
import { type ApiReply, type ApiRequest, TIMEOUT_HOLD, wait, type ZapSign } from '../src/index.js'
import { readBody } from './read-body.js'

interface Carrier {
  /** Milliseconds. */
  latency: number
  signal: AbortSignal | undefined
}

/** Carries each request to the provider and its reply back, and decides nothing. */
export function carry(zapsign: ZapSign, { latency, signal }: Carrier): RequestHandler {
  return async (request, response) => {
    try {
      const reply = await zapsign.reply(await toApiRequest(request))
      if (latency > 0) await waitWhileConnected(latency, response)
      if (reply.fault === 'timeout') await waitWhileConnected(TIMEOUT_HOLD.socket, response, signal)
      send(reply, request, response)
    } catch {
      // The client went away, or the server closes: nobody is left to answer.
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
    headers: { get: (name) => request.get(name) ?? null },
    body: await readBody(request),
    baseUrl: `${request.protocol}://${request.get('host') ?? 'localhost'}${request.baseUrl}`,
  }
}

/** Rejects when the client goes away, or the signal aborts, before the time is over. */
async function waitWhileConnected(
  milliseconds: number,
  response: Response,
  signal?: AbortSignal,
): Promise<void> {
  const gone = new AbortController()
  const leave = () => gone.abort()
  response.once('close', leave)
  await wait(milliseconds, signal ? AbortSignal.any([gone.signal, signal]) : gone.signal)
  response.off('close', leave)
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

function send(reply: ApiReply, request: Request, response: Response): void {
  if (reply.fault === 'connectionReset') request.socket.resetAndDestroy()
  else if (reply.fault) request.socket.destroy()
  if (reply.fault) return
  response.statusCode = reply.status
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value)
  if (!request.complete) closeAfter(request, response)
  response.end(reply.body)
}
