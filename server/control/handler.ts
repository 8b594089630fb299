import type { IncomingMessage, ServerResponse } from 'node:http'
import { OwnError, objectOf, StoreError } from '../../src/internal.js'
import { checkPart } from './check.js'
import { createGuards } from './guards.js'
import type { ControlOptions } from './options.js'
import { Problem } from './problem.js'
import { readJson } from './read-json.js'
import type { ControlAnswer, ControlContext, Route } from './route.js'
import { locate } from './routes/index.js'
import { sendAnswer, sendProblem } from './send.js'

const NOTHING = objectOf({})

/** Answers a request to `/__zapsign`; `rest` is what follows that. */
export type ControlHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  rest: string,
) => Promise<void>

/** Answers control requests: guards, then the route, then its schemas, then its answer. */
export function createControlHandler(
  context: ControlContext,
  options: ControlOptions,
): ControlHandler {
  const guards = createGuards(options)

  async function answer(request: IncomingMessage, rest: string): Promise<ControlAnswer> {
    if (!rest.startsWith('/')) return { status: 308, headers: { location: `__zapsign/${rest}` } }
    const [path = '', ...query] = rest.slice(1).split('?')
    const found = locate(path, request.method ?? '')
    const { route, params } = found
    guards.checkOrigin(request, route?.isPage ?? false)
    if (!route?.isPublic) guards.checkToken(request)
    if (!route) throw notFound(path, found.allowed)
    return route.answer({
      context,
      params,
      query: readQuery(route, query.join('?')),
      body: await readBody(route, request),
      headers: request.headers,
    })
  }

  return async (request, response, rest) => {
    try {
      sendAnswer(await answer(request, rest), request, response)
    } catch (error) {
      sendProblem(toProblem(error), request, response)
    }
  }
}

function notFound(path: string, allowed: readonly string[]): Problem {
  if (allowed.length === 0) return new Problem(404, `There is no /__zapsign/${path}`)
  const allow = allowed.join(', ')
  return new Problem(405, `/__zapsign/${path} allows ${allow}`, { headers: { allow } })
}

function readQuery({ query = NOTHING }: Route, text: string): unknown {
  const values: Record<string, string | number> = Object.create(null)
  for (const [name, value] of new URLSearchParams(text)) {
    if (name in values) throw new Problem(400, `${name} must be given once`, { field: name })
    values[name] = NUMERIC.has(name) && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
  }
  const parameters = { ...values }
  checkPart(query, parameters, 'query')
  return parameters
}

/** The query parameters that are numbers. */
const NUMERIC = new Set(['status', 'since', 'limit', 'duration', 'id'])

async function readBody(
  { method, body = NOTHING }: Route,
  request: IncomingMessage,
): Promise<unknown> {
  if (method === 'GET' || method === 'DELETE') return {}
  const value = await readJson(request)
  checkPart(body, value, 'body')
  return value
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  // Another error's message may hold anything.
  if (error instanceof StoreError) return new Problem(503, `zapsign-mock failed: ${error.message}`)
  const why = error instanceof OwnError ? error.message : 'an unexpected error was thrown'
  return new Problem(500, `zapsign-mock failed: ${why}`)
}
