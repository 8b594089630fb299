import type { SentReply, SentRequest } from '../http.js'
import type { Interaction } from '../pact/read-pact.js'
import { createCrossChecks } from './cross-checks.js'
import { exactBody } from './exact-body.js'
import type { HttpReply } from './http-client.js'
import { isLogin, isTokenReply, replyFaults, tokensIn } from './reply-faults.js'
import { createSetUp, type SetUp } from './set-up.js'
import { INTERACTION_HEADER, STATE_PARAMETER } from './single-pact.js'
import { substitute } from './substitute.js'
import type { Target } from './target.js'
import { isStale, type TimedToken } from './token-faults.js'

/** What the proxy saw of an interaction. */
export interface Seen {
  /** Why the provider was not asked, or did not reply. */
  failure?: string
  /** Where the reply redirects to. */
  redirect?: string
  /** Faults of the requests that set up its states. */
  before: readonly string[]
  /** Faults of the reply, and of the requests that tried its tokens. */
  faults: string[]
  /** Deviations that the pact does not cover. */
  warnings: string[]
  /** Why a state is only similar to the real one. */
  caveat?: string
}

/** How Pact asks for a state: before an interaction, and once more when it is over. */
interface PactStateRequest {
  action: 'setup' | 'teardown'
  params: Readonly<Record<string, unknown>>
}

/**
 * The proxy between Pact's verifier and a provider. It sets up provider states, puts the real values into
 * requests, and judges what Pact cannot see in the replies.
 */
export function createVerificationProxy(target: Target, interactions: readonly Interaction[]) {
  const seen = new Map<number, Seen>()
  const setUps = new Map<number, SetUp>()
  const durations = new Map<number, number>()
  const usedIds = new Set<string>()
  const crossCheck = createCrossChecks()

  async function ask(request: SentRequest, states: readonly string[]) {
    const reply = await target.send(request)
    if (isTokenReply(request, reply))
      for (const token of tokensIn(reply.body)) target.secrets.add(token)
    const times = target.timeOf(reply)
    return { reply, times, faults: replyFaults({ request, reply, ...times, states, usedIds }) }
  }

  /** The set-up of an interaction. The first call resets the provider. */
  function setUpOf(index: number, interaction: Interaction): SetUp {
    const known = setUps.get(index)
    if (known) return known
    target.reset()
    if (target.repeatsTokenIds) usedIds.clear()
    const created = createSetUp({ target, interaction, ask, usedIds })
    setUps.set(index, created)
    return created
  }

  /** Sends an interaction's request, and once more where it brings tokens. */
  async function exchange(request: SentRequest, setUp: SetUp, one: Seen): Promise<HttpReply> {
    const { reply, times, faults } = await ask(request, setUp.stateNames)
    one.faults.push(...faults)
    if (isTokenReply(request, reply)) {
      if (isStaleAfter(setUp.accessBefore, request, reply, times.time)) one.faults.push(STALE)
      one.faults.push(...(await askAgain(request, reply, setUp)))
    }
    const { accessToken, refreshToken } = setUp.values
    const tokens = { accessToken, refreshToken }
    const checked = await crossCheck({ request, reply, tokens, ask: (sent) => ask(sent, []) })
    one.faults.push(...checked.faults)
    one.warnings.push(...checked.warnings)
    return reply
  }

  async function askAgain(request: SentRequest, first: HttpReply, { stateNames }: SetUp) {
    const { reply, faults } = await ask(request, stateNames)
    if (reply.status === first.status) return faults
    return [
      `the same request was answered with ${first.status} the first time and ${reply.status} the second time`,
    ]
  }

  /** Adds the time that a step takes to the duration of its interaction. */
  async function timed<T>(index: number, step: Promise<T>): Promise<T> {
    const started = performance.now()
    try {
      return await step
    } finally {
      durations.set(index, (durations.get(index) ?? 0) + performance.now() - started)
    }
  }

  return {
    /** By the index of the interaction; nothing for one whose request did not come. */
    seen,

    /** Milliseconds, by the index of the interaction. */
    durations,

    /** Answers Pact's request for a provider state. */
    async answerState({ body }: { body: string }): Promise<SentReply> {
      const { action, params } = JSON.parse(body) as PactStateRequest
      const [index = NaN, position = NaN] = String(params[STATE_PARAMETER]).split('/').map(Number)
      const interaction = interactions[index]
      const state = interaction?.states[position]
      // Pact also asks where an interaction needs no state.
      if (!interaction || !state) return toJson({})
      const setUp = setUpOf(index, interaction)
      const step = action === 'setup' ? setUp.add(state) : setUp.tearDown(state)
      return toJson(await timed(index, step))
    },

    /** Sends a request of Pact to the provider, unless it belongs to no interaction. */
    async forward(request: SentRequest): Promise<SentReply> {
      const { [INTERACTION_HEADER]: index = '', ...headers } = request.headers
      const interaction = /^\d+$/.test(index) ? interactions[Number(index)] : undefined
      if (!interaction) throw new Error('the request belongs to no interaction')
      const setUp = setUpOf(Number(index), interaction)
      const { before, caveat } = setUp
      const one: Seen = { before, faults: [], warnings: [], ...(caveat && { caveat }) }
      seen.set(Number(index), one)
      if (setUp.failure) {
        one.failure = setUp.failure
        throw new Error('the provider state could not be set up')
      }
      const body = exactBody(interaction.content, request.body)
      const real = substitute({ ...request, headers, body }, setUp.substitutes)
      try {
        const reply = await timed(Number(index), exchange(real, setUp, one))
        const { location, ...rest } = reply.headers
        if (location === undefined || reply.status < 300 || reply.status > 399) return reply
        one.redirect = location
        // Pact would follow it, past this proxy.
        return { ...reply, headers: rest }
      } catch (error) {
        one.failure = failureOf(error)
        throw error
      }
    },
  }
}

const STALE = 'access has less time left than the one of the login before it: it is not fresh'

/** Whether a refresh brought an access token that is not fresh. */
function isStaleAfter(
  before: TimedToken | undefined,
  request: SentRequest,
  { body }: HttpReply,
  time: number,
): boolean {
  if (!before || isLogin(request)) return false
  return tokensIn(body).some((token) => isStale(before, { token, time }))
}

function toJson(value: object): SentReply {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  }
}

/** Errors of the system have a code; others say what is wrong with the reply. */
function failureOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code ? `the provider did not answer: ${code}` : message
}
