import type { IncomingMessage, ServerResponse } from 'node:http'
import { closeAfter } from '../http/close-after.js'
import { type Problem, toDocument } from './problem.js'
import type { ControlAnswer } from './route.js'

/** On every reply of the control API. */
const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** Sends an answer. */
export function sendAnswer(
  { status, headers = {}, json, text, stream }: ControlAnswer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const body = json === undefined ? text : JSON.stringify(json)
  writeHead(status, { ...(json !== undefined && JSON_TYPE), ...headers }, response)
  if (stream && request.method !== 'HEAD') {
    stream(response)
    return
  }
  end(body, request, response)
}

const JSON_TYPE = { 'content-type': 'application/json' }

/** Sends an error. */
export function sendProblem(
  problem: Problem,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { status, extra } = problem
  const headers = { 'content-type': 'application/problem+json', ...extra.headers }
  writeHead(status, headers, response)
  end(JSON.stringify(toDocument(problem)), request, response)
}

function writeHead(
  status: number,
  headers: Readonly<Record<string, string>>,
  response: ServerResponse,
): void {
  response.statusCode = status
  for (const [name, value] of Object.entries({ ...HEADERS, ...headers })) {
    response.setHeader(name, value)
  }
}

function end(body: string | undefined, request: IncomingMessage, response: ServerResponse): void {
  // An unread body would be parsed as the head of the next request.
  if (!request.complete) closeAfter(request, response)
  response.end(body)
}
