import { type Answer, force, refuse } from './answer.js'
import type { ApiReply, ApiRequest, MaybePromise } from './api.js'
import { type Authentication, authenticate, type Bearer } from './bearer.js'
import { unverifiedClaim } from './claims.js'
import type { Context } from './context.js'
import { failed } from './failed.js'
import { readQuery } from './framework/query.js'
import { createRouter, encodeQuery, type Params, type Router } from './framework/routing.js'
import { isPlainHttp } from './hosts.js'
import { andThen, attempt } from './maybe-promise.js'
import { StoreError } from './misuse.js'
import type { Exchange, Recorder } from './recorder.js'
import { toReply } from './reply.js'
import type { OutcomeTarget } from './state/outcomes.js'
import { answerView, type View } from './view.js'

/**
 * The most bytes of a request body that are read. ZapSign publishes no limit for these endpoints. More
 * would let one request fill a small memory: a list of empty objects takes eighty times its bytes.
 */
export const BODY_LIMIT = 5 * 1024 * 1024

/** A place in the provider that answers a request. */
interface Place {
  target: OutcomeTarget
  /** @param now Milliseconds since 1970. */
  answer(now: number): MaybePromise<Answer>
}

/** A request to a user's endpoint. The endpoint reads the body. */
export type GuardedRequest = Pick<ApiRequest, 'method' | 'path' | 'query' | 'headers'>

/** The reply that refuses a caller, or what the user's endpoint returned. */
export type Guarded<R> = { reply: ApiReply; result?: never } | { result: R; reply?: never }

/** The caller of a user's endpoint. */
export interface Caller extends Bearer {
  /** Authenticates the caller of an endpoint that is not protected as a whole. */
  authenticate(): Promise<Authentication>
}

/** The answer of a user's endpoint that refuses its caller later on. */
export interface Refused {
  readonly refusal: Answer
}

// Taken when the module loads: a test runner that freezes time later does not freeze this.
const elapsed = performance.now.bind(performance)

interface RunOptions {
  isRecorded?(answer: Answer): boolean
  hint?: string | undefined
}

export type Pipeline = ReturnType<typeof createPipeline>

/** What an adapter knows about a request that it cannot read. */
export type UnreadRequest = Pick<ApiRequest, 'method' | 'path' | 'headers'>

type UnreadRefusal =
  | 'malformedRequest'
  | 'requestTimeout'
  | 'expectationFailed'
  | 'headersTooLarge'
  | 'bodyTooLarge'

/** A reply, and when the provider sent it. */
export interface DatedReply {
  reply: ApiReply
  /** Milliseconds since 1970; `undefined` when the provider's clock failed. */
  now: number | undefined
  /** The id of the journal entry; `undefined` for a request that is not recorded. */
  id?: number | undefined
}

/** The one way that a request takes through the provider. */
export function createPipeline(context: Context, views: readonly View[], record: Recorder) {
  const findView = createRouter(views)

  /** Reads the clock once, takes a forced outcome, answers, serializes and records. */
  function run(
    request: GuardedRequest,
    locate: () => Place | Answer,
    { isRecorded = () => true, hint }: RunOptions = {},
  ): MaybePromise<DatedReply> {
    const started = elapsed()
    let now: number | undefined
    const step = () => {
      const place = locate()
      const isPlace = 'target' in place
      return andThen(context.store.arrive(isPlace ? place.target : undefined), (arrival) => {
        now = arrival.now
        if (arrival.forced) return force(arrival.forced)
        return isPlace ? place.answer(now) : place
      })
    }
    return andThen(attempt(step, failed), (answer) => {
      const reply = toReply(answer, request.method, context.settings)
      if (!isRecorded(answer)) return { reply, now, id: undefined }
      const duration = elapsed() - started
      const entry = keep({ request, answer, status: reply.status, now, duration, hint })
      return andThen(entry, (kept) => ({ reply, now, id: kept?.id }))
    })
  }

  /** Without its store a mock answers 503, and has no journal. */
  function keep(exchange: Exchange): ReturnType<Recorder> {
    return attempt(
      () => record(exchange),
      (error) => {
        if (error instanceof StoreError) return undefined
        throw error
      },
    )
  }

  return {
    reply: (request: ApiRequest, hint?: string): MaybePromise<DatedReply> =>
      run(request, () => locate(context, findView, request), { hint }),

    /** Refuses a request that an adapter cannot read. */
    refuse: (request: UnreadRequest, name: UnreadRefusal): MaybePromise<DatedReply> =>
      run({ ...request, query: '' }, () => refuse(name)),

    /**
     * Guards a user's endpoint: authenticates the caller as the provider does, unless
     * `isProtected` is false, then calls `respond`. A response without a value is left to others and
     * not recorded. Rejects with what `respond` throws.
     */
    async guard<R extends { readonly status: number } | undefined>(
      request: GuardedRequest,
      respond: (caller: Caller) => R | Refused | Promise<R | Refused>,
      { isProtected = true } = {},
    ): Promise<Guarded<R>> {
      let own: { result: R } | { error: unknown } | undefined
      const { reply } = await run(
        request,
        () => ({
          target: targetOf(request),
          async answer(now) {
            const authenticate = () => authenticateGuarded(context, request, now)
            const { bearer, refusal } = isProtected ? await authenticate() : { bearer: {} }
            if (refusal) return refusal
            const settled = await settle(() => respond({ ...bearer, authenticate }))
            if ('result' in settled && isRefused(settled.result)) return settled.result.refusal
            own = settled as { result: R } | { error: unknown }
            return authorized(own)
          },
        }),
        { isRecorded: () => !own || !('result' in own) || own.result !== undefined },
      )
      if (!own) return { reply }
      if ('error' in own) throw own.error
      return own
    },
  }
}

/**
 * A Host header that Django accepts (`host_validation_re`), and host names with an underscore, which
 * container networks have. A redirect would carry any other text to the client.
 */
const HOST = /^(?:[a-z0-9._-]+|\[[a-f0-9]*:[a-f0-9.:]+\])(?::\d+)?$/i

/** Finds the place that answers a request, or the answer where no endpoint is asked. */
function locate(context: Context, findView: Router<View>, request: ApiRequest): Place | Answer {
  if (isTooLarge(request)) return refuse('bodyTooLarge')
  const host = request.headers.get('host')
  if (host !== null && !HOST.test(host)) return refuse('badRequest')
  if (request.baseUrl && isPlainHttp(request.baseUrl)) return redirectToHttps(request)
  const found = findView(request.path)
  if (found.kind === 'unknown') return refuse('notFound')
  if (found.kind === 'slashMissing') return redirect(request, found.location)
  return viewPlace(context, request, found)
}

function viewPlace(
  context: Context,
  request: ApiRequest,
  { endpoint: view, params }: { endpoint: View; params: Params },
): Place {
  const target = targetOf(request, view)
  return {
    target,
    answer(now) {
      const query = readQuery(request.query)
      if (!query) return refuse('badRequest')
      return answerView(view, { context, request, params, query, now, target })
    },
  }
}

function targetOf(request: GuardedRequest | ApiRequest, view?: View): OutcomeTarget {
  const readUser = view?.readUser
  return {
    name: view?.name,
    paths: view ? [request.path, view.path] : [request.path],
    user: () => (readUser && 'body' in request ? readUser(request) : tokenUser(request)),
  }
}

function tokenUser({ headers }: GuardedRequest): { userId?: string | undefined } {
  const token = headers.get('authorization')?.split(' ').at(-1)
  return { userId: unverifiedClaim(token, 'user_id') }
}

async function authenticateGuarded(
  context: Context,
  { headers, query: rawQuery }: GuardedRequest,
  now: number,
): Promise<Authentication> {
  const query = readQuery(rawQuery)
  return query ? authenticate(context, { headers, query, now }) : { refusal: refuse('badRequest') }
}

async function settle<R>(respond: () => R | Promise<R>) {
  try {
    return { result: await respond() }
  } catch (error) {
    return { error }
  }
}

function isRefused(result: unknown): result is Refused {
  return typeof result === 'object' && result !== null && 'refusal' in result
}

/** What the journal keeps of the response of a user's endpoint. MSW accepts a response that is thrown. */
function authorized(own: { result: unknown } | { error: unknown }): Answer {
  const response = 'result' in own ? own.result : own.error
  const { status } = Object(response)
  const shown = typeof status === 'number' ? status : 500
  return {
    outcome: 'authorized',
    status: shown,
    source: 'configured',
    raw: { contentType: '', body: '' },
  }
}

function redirect({ baseUrl = '', query }: ApiRequest, location: string): Answer {
  const prefix = baseUrl.replace(/^[a-z]+:\/\/[^/]*/, '')
  const target = prefix + location + (query && `?${encodeQuery(query)}`)
  return { ...refuse('slashMissing'), headers: { location: target } }
}

function redirectToHttps({ baseUrl = '', path, query }: ApiRequest): Answer {
  const root = baseUrl.replace(/^http:\/\/([^/:]+)(:\d+)?/i, 'https://$1')
  return {
    ...refuse('httpsRequired'),
    headers: { location: root + path + (query && `?${encodeQuery(query)}`) },
  }
}

function isTooLarge({ headers, body }: ApiRequest): boolean {
  return body.byteLength > BODY_LIMIT || Number(headers.get('content-length') ?? 0) > BODY_LIMIT
}
