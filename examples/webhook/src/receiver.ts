import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { Contracts } from './contracts.js'

/** A webhook is small. Longer bodies are not read. */
const LONGEST_BODY = 1_000_000

/**
 * Receives ZapSign's webhooks at `/webhooks/SECRET`. ZapSign sends a webhook again after every status but 200
 * ("Webhooks logs", ZapSign docs), so it gets 200 for all that need not come again.
 */
export function createReceiver(contracts: Contracts, secret: string) {
  return createServer(async (request, response) => {
    const answer = (status: number) => response.writeHead(status).end()
    const [, folder, given = ''] = (request.url ?? '').split('/')
    if (folder !== 'webhooks' || !isEqual(given, secret)) return answer(404)
    if (request.method !== 'POST') return answer(405)
    const event = await read(request).catch(() => undefined)
    if (typeof event?.token !== 'string') return answer(400)
    if (event.event_type !== 'doc_signed') return answer(200)
    const isDone = await contracts.update(event.token).then(
      () => true,
      () => false,
    )
    answer(isDone ? 200 : 503)
  })
}

async function read(request: IncomingMessage) {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > LONGEST_BODY) throw new Error('The body is too long')
  }
  return JSON.parse(text)
}

/** Takes the same time wherever the two differ. */
function isEqual(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
