import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { forward, type SentReply, type SentRequest, serve } from '../http.js'
import { loadPact, type Pact } from '../pact/load-pact.js'
import { PROVIDER } from '../pact/pact.js'
import { type PromiseName, promises, type SpecifiedExchange } from '../promises.js'
import type { Refused } from '../refused.js'
import { isShape, PATTERNS, type Shape, type Template } from '../shapes.js'
import { explain, specifiedAs } from './explain.js'
import type { Recorded } from './recorded.js'

/** A Pact mock server with promises on it, for a client to call. */
export interface Stage {
  url: string
  /** In the order in which requests came. */
  recorded: readonly Recorded[]
  /** What came and was no request. */
  refused: readonly Refused[]
  /** Resolves when every request that has come whole has its reply. */
  settle(): Promise<void>
}

/**
 * Puts promises on a Pact mock server, lets a client run against it, and takes it down. A proxy in
 * front of it records what Pact does not tell: which requests came, how often, and what nearly fitted.
 */
export async function withStage<T>(
  names: readonly PromiseName[],
  run: (stage: Stage) => Promise<T>,
): Promise<T> {
  const pact = loadPact()
  // Pact writes its own file where all went well; ours is written from the same promises.
  const dir = mkdtempSync(join(tmpdir(), 'zapsign-mock-pact-'))
  let outcome: { value: T } | undefined
  let failure: unknown
  try {
    await mockServer(
      pact,
      names,
      dir,
    )(async ({ url }) => {
      try {
        outcome = { value: await withRecorder(url, run) }
      } catch (error) {
        failure = error
      }
    })
  } catch (error) {
    // Pact says here what did not match and what never came: the record says it by promise.
    if (!outcome && failure === undefined) throw error
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
  if (!outcome) throw failure
  return outcome.value
}

type ServerRun = (use: (server: { url: string }) => Promise<void>) => Promise<unknown>

/** A Pact mock server with promises on it. Pact writes its own file to `dir` where all are kept. */
export function mockServer(
  { PactV4, MatchersV3 }: Pact,
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
  if (!last) throw new RangeError('No promise was asked for')
  return (use) => last.executeTest(use)
}

function toMatcher(matchers: Pact['MatchersV3'], template: Template): unknown {
  if (isShape(template)) return MATCHERS[template.shape](matchers, template)
  if (typeof template !== 'object') return template
  return mapValues(template, (value) => toMatcher(matchers, value))
}

type MatcherOf = (matchers: Pact['MatchersV3'], shape: Shape) => unknown

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

async function withRecorder<T>(mockUrl: string, run: (stage: Stage) => Promise<T>): Promise<T> {
  const recorded: Recorded[] = []
  const refused: Refused[] = []
  const recordOf = new WeakMap<SentRequest, Recorded>()
  const pending = new Set<Promise<SentReply>>()
  const respond = async (request: SentRequest) => {
    const record = recordOf.get(request)
    if (record) record.isBrokenOff = false
    const name = specifiedAs(request)
    if (!name) return refusal(request)
    const reply = await forward(mockUrl, toPact(request, name))
    if (!isReplyOf(name, reply)) return refusal(request)
    if (record) record.isMatched = true
    return reply
  }
  const answer = (request: SentRequest) => {
    const reply = respond(request)
    pending.add(reply)
    return reply
  }
  const recorder = await serve(answer, {
    // Recorded before anything can go wrong: what came is never lost.
    onRequest(request) {
      const record = { request, isMatched: false, isBrokenOff: true }
      recordOf.set(request, record)
      recorded.push(record)
    },
    onRefused: (what) => refused.push(what),
  })
  try {
    const settle = async () => {
      // What a program sent last may still have to be read when it has ended.
      await setImmediate()
      await Promise.allSettled(pending)
    }
    return await run({ url: recorder.url, recorded, refused, settle })
  } finally {
    await recorder.close()
  }
}

/**
 * With the headers that the promise speaks of, in ASCII: Pact cannot match a request with others in
 * it, and prints what it thinks of them to the user's output.
 */
function toPact(request: SentRequest, name: PromiseName): SentRequest {
  const promised = Object.keys(promises[name].request.headers).map((one) => one.toLowerCase())
  const sent = Object.entries(request.headers).filter(([header]) => promised.includes(header))
  const headers = Object.fromEntries(
    sent.map(([header, value]) => [header, forPact(header, value)]),
  )
  return { ...request, headers }
}

/** A media type alone, without parameters: how they are written is nobody's concern. */
function forPact(header: string, value: string): string {
  const told = header === 'content-type' ? (value.split(';', 1)[0] ?? '').trim() : value
  return told.replace(/[^\x20-\x7e]/g, '?')
}

/** Pact marks a reply to what it could not match, in most cases. */
function isReplyOf(name: PromiseName, { status, headers }: SentReply): boolean {
  return status === promises[name].reply.status && headers['x-pact'] === undefined
}

/** What a client hears whose request no promise covers. Pact's own words would repeat its secrets. */
function refusal(request: SentRequest): SentReply {
  const error = `No promise covers this request. ${explain(request).join(' ')}`.trim()
  return {
    status: 500,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error: `zapsign-mock contract: ${error}` }),
  }
}
