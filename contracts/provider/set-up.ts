import type { SentRequest } from '../http.js'
import type { Interaction, State } from '../pact/read-pact.js'
import { LITERALS } from '../promises.js'
import type { HttpReply } from './http-client.js'
import { parametersOf } from './infer-parameters.js'
import { readObject } from './json-body.js'
import type { ExpectedReply } from './login.js'
import { isLogin, isTokenReply } from './reply-faults.js'
import type { StateRequest, Target } from './target.js'
import { claimsOf } from './token.js'
import type { ReplyTime, TimedToken } from './token-faults.js'

/** The provider states of one interaction, and what setting them up showed. */
export interface SetUp {
  stateNames: readonly string[]
  /** The real values, by the names of parameters. */
  values: Record<string, string>
  /** Real values by the values in the pact that they replace. */
  substitutes: Map<string, string>
  /** Faults of the replies on the way. */
  before: string[]
  /** Why a state could not be set up. */
  failure?: string
  /** Why a state is only similar to the real one. */
  caveat?: string
  /** The access token of the login before a refresh. */
  accessBefore?: TimedToken
  /** Sets up one more state. Resolves to placeholders for Pact, by the names of parameters. */
  add(state: State): Promise<Record<string, string>>
  /** Tears a state down. */
  tearDown(state: State): Promise<object>
}

/** Sends a request and judges the reply. */
export type Ask = (
  request: SentRequest,
  states: readonly string[],
) => Promise<{ reply: HttpReply; times: ReplyTime; faults: string[] }>

/** What Pact sends in place of a value: it resembles no other value, and is not secret. */
const placeholderFor = (name: string) => `zapsign-mock-${name}`

/** Prepares the states of an interaction, without setting them up yet. */
export function createSetUp({
  target,
  interaction,
  ask,
  usedIds,
}: {
  target: Target
  interaction: Interaction
  ask: Ask
  usedIds: Set<string>
}): SetUp {
  const { consumer } = interaction
  const known = new Set<string>()

  const toRequest = (state: State): StateRequest => ({
    consumer,
    name: state.name,
    parameters: parametersOf(interaction, state),
  })

  /** Judges a reply on the way to a state. A fault that comes again is named once. */
  function note(expected: ExpectedReply | undefined, { status }: HttpReply, faults: string[]) {
    if (!expected) return
    const { title, statuses, reportsOthers } = expected
    const isExpected = statuses.includes(status)
    if (!isExpected && reportsOthers) return
    const found = isExpected ? faults : [`expected ${statuses.join(' or ')} but was ${status}`]
    for (const fault of found) {
      if (!known.has(fault)) setUp.before.push(`${title}: ${fault}`)
      known.add(fault)
    }
  }

  /** Puts the real values in place of those in the pact. */
  function replace(values: Readonly<Record<string, string>>, { parameters }: StateRequest) {
    const placeholders: Record<string, string> = {}
    for (const [name, real] of Object.entries(values)) {
      const literal = parameters[name] ?? LITERALS[name as keyof typeof LITERALS]
      placeholders[name] = placeholderFor(name)
      setUp.substitutes.set(placeholderFor(name), real)
      if (literal !== undefined) setUp.substitutes.set(String(literal), real)
      if (/token/i.test(name)) {
        target.secrets.add(real)
        const { jti } = claimsOf(real)
        if (typeof jti === 'string') usedIds.add(jti)
      }
    }
    return placeholders
  }

  const setUp: SetUp = {
    stateNames: interaction.states.map(({ name }) => name),
    values: {},
    substitutes: new Map(),
    before: [],
    async add(state) {
      const request = toRequest(state)
      const { time } = target.timeOf()
      try {
        const { values, caveat } = await target.setUp(request, async (sent, expected) => {
          const { reply, times, faults } = await ask(sent, [state.name])
          note(expected, reply, faults)
          if (isLogin(sent) && isTokenReply(sent, reply))
            setUp.accessBefore = { token: accessIn(reply), time: times.time }
          return reply
        })
        Object.assign(setUp.values, values)
        if (caveat) setUp.caveat = caveat
        const { accessToken } = values
        if (accessToken) setUp.accessBefore ??= { token: accessToken, time }
        return replace(values, request)
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException
        setUp.failure ??= `the state "${state.name}" could not be set up: ${code ?? message}`
        return {}
      }
    },
    async tearDown(state) {
      await target.tearDown(toRequest(state)).catch((error: Error) => {
        setUp.before.push(`the state "${state.name}" could not be torn down: ${error.message}`)
      })
      return {}
    },
  }
  return setUp
}

function accessIn({ body }: HttpReply): string {
  const pair = readObject(body)
  return typeof pair === 'string' ? '' : String(pair['access'])
}
