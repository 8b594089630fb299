import type { Socket } from 'node:net'
import type { Request, RequestHandler, Response } from 'express'
import {
  type ApiReply,
  type ApiRequest,
  type Fault,
  hold,
  isDocumentedHost,
  TIMEOUT_HOLD,
  wait,
  type ZapSign,
} from '../../src/internal.js'
import { closeAfter } from './close-after.js'
import { readBody } from './read-body.js'

interface HandlerSettings {
  /** Milliseconds. */
  latency: number
  /** Aborts when the server closes. */
  signal?: AbortSignal | undefined
}

/** Passes each request to the provider and sends its reply. */
export function createHandler(
  zapsign: ZapSign,
  { latency, signal }: HandlerSettings,
): RequestHandler {
  return async (request, response) => {
    try {
      const reply = await zapsign.reply(await toApiRequest(request))
      if (latency > 0) await wait(latency, whileConnected(response))
      if (reply.fault === 'timeout')
        await hold(TIMEOUT_HOLD.socket, reply, whileConnected(response, signal))
      send(reply, request, response)
    } catch (error) {
      // Express handles the error, unless the client is gone or the server closes: then nobody waits for a reply.
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
    baseUrl: `${originOf(request)}${request.baseUrl}`,
  }
}

/**
 * The origin that the client called. A client that calls one of ZapSign's hosts reaches this server
 * only through something that answers their https in their place.
 */
function originOf(request: Request): string {
  const origin = `${request.protocol}://${request.get('host') ?? 'localhost'}`
  return isDocumentedHost(origin) ? origin.replace(/^http:/, 'https:') : origin
}

/** Joins the values of a repeated header, as `Headers` does. Node keeps only the first. */
function headerOf(request: Request, name: string): string | null {
  const values = request.headersDistinct[name.toLowerCase()] ?? []
  return values.length > 1 ? values.join(', ') : (request.get(name) ?? null)
}

/** Aborts when the client disconnects or the server closes. */
function whileConnected(response: Response, closing?: AbortSignal): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return closing ? AbortSignal.any([gone.signal, closing]) : gone.signal
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
