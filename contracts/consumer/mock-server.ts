import type { PactModule } from '../pact/load-pact.js'
import { PROVIDER } from '../pact/pact.js'
import { type PromiseName, promises, type SpecifiedExchange } from '../promises.js'
import { isShape, PATTERNS, type Shape, type Template } from '../shapes.js'

/** Starts a server, calls `use` with it, and stops it. */
type ServerRun = (use: (server: { url: string }) => Promise<void>) => Promise<unknown>

/**
 * Creates Pact's mock server for the given promises. Pact writes its own pact to `dir` when every
 * promise was requested.
 */
export function mockServer(
  { PactV4, MatchersV3 }: PactModule,
  names: readonly PromiseName[],
  dir: string,
): ServerRun {
  const options = {
    consumer: 'recorded',
    provider: PROVIDER,
    dir,
    logLevel: 'error',
    cors: false,
  } as const
  const server = new PactV4(options)
  const value = (template: Template): never => toMatcher(MatchersV3, template) as never
  const interactions = names.map((name) => {
    const { description, state, request, reply }: SpecifiedExchange = promises[name]
    return server
      .addInteraction()
      .given(state.name, state.parameters)
      .uponReceiving(description)
      .withRequest(request.method, request.path, (builder) => {
        builder.headers(mapValues(request.headers, value))
        if (request.query) builder.query(request.query)
        if (request.body) builder.jsonBody(value(request.body))
      })
      .willRespondWith(reply.status, (builder) => {
        builder.headers(mapValues(reply.headers, value))
        if (reply.body) builder.jsonBody(value(reply.body))
      })
  })
  const last = interactions.at(-1)
  if (!last) throw new RangeError('A mock server needs a promise')
  return (use) => last.executeTest(use)
}

function toMatcher(matchers: PactModule['MatchersV3'], template: Template): unknown {
  if (isShape(template)) return MATCHERS[template.shape](matchers, template)
  if (typeof template !== 'object') return template
  return mapValues(template, (value) => toMatcher(matchers, value))
}

type MatcherOf = (matchers: PactModule['MatchersV3'], shape: Shape) => unknown

const MATCHERS: Readonly<Record<Shape['shape'], MatcherOf>> = {
  jwt: ({ regex }, { example }) => regex(PATTERNS.jwt, String(example)),
  json: ({ regex }, { example }) => regex(PATTERNS.json, String(example)),
  count: ({ integer }, { example }) => integer(Number(example)),
  list: ({ like }, { example }) => like(example),
}

function mapValues<V, W>(
  object: Readonly<Record<string, V>>,
  map: (value: V) => W,
): Record<string, W> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))
}
