import type { SentReply, SentRequest } from '../http.js'
import type { Interaction } from '../pact/read-pact.js'
import { LITERALS } from '../promises.js'
import { INTERACTION_HEADER } from './pact-verifier.js'
import { faultsOf, isTokenReply, repetitionFaults, stalenessFaults, tokensIn } from './semantics.js'
import { isStateName, type StateName } from './states.js'
import { substitute } from './substitute.js'
import type { Provider } from './target.js'

/** What Pact is told to send in place of a value: no other is like it, and it is no secret. */
const placeholderFor = (name: string) => `zapsign-mock-${name}`

/** How Pact asks for a state: before an interaction, and once more when it is over. */
interface StateRequest {
  action: 'setup' | 'teardown'
  /** Empty where an interaction needs no state. */
  state: StateName | ''
  params: Readonly<Record<string, unknown>>
}

/** What was seen of an interaction on its way. */
interface Seen {
  faults: string[]
  /** Whether the provider replied: then Pact's verdict is about the provider. */
  isAnswered: boolean
}

/** What stands between Pact and the provider: brings states about, puts real values in, and looks on. */
export function createBench(provider: Provider, interactions: readonly Interaction[]) {
  const seen = new Map<number, Seen>()
  const substitutes = new Map<string, string>()
  const troubles: string[] = []
  const loginFaults: string[] = []
  let accessBefore: string | undefined
  let isArranged = false

  function begin(): void {
    if (isArranged) return
    provider.reset()
    substitutes.clear()
    troubles.length = 0
    loginFaults.length = 0
    accessBefore = undefined
    isArranged = true
  }

  /** Sends a request, and looks at what comes. */
  async function ask(request: SentRequest, states: readonly StateName[]) {
    const reply = await provider.send(request)
    if (isTokenReply(request, reply))
      for (const token of tokensIn(reply)) provider.secrets.add(token)
    return { reply, faults: faultsOf({ request, reply, time: provider.timeOf(reply), states }) }
  }

  const handlers = provider.statesWith(async (request) => {
    const { reply, faults } = await ask(request, [])
    if (isTokenReply(request, reply))
      loginFaults.push(...faults.map((fault) => `the login before it: ${fault}`))
    return reply
  })

  /** Asks what an interaction asks, and where tokens come of it, once more. */
  async function askFor(request: SentRequest, states: readonly StateName[]) {
    const { reply, faults } = await ask(request, states)
    if (!isTokenReply(request, reply)) return { reply, faults }
    const again = await ask(request, states)
    faults.push(
      ...stalenessFaults(request, reply, accessBefore),
      ...again.faults,
      ...repetitionFaults(request, [reply, again.reply], accessBefore),
    )
    return { reply, faults: [...new Set(faults)] }
  }

  return {
    /** By interaction; nothing of one that Pact did not send. */
    seen,

    /** Answers Pact's request for a state. */
    async arrange({ body }: { body: string }) {
      const { action, state, params } = JSON.parse(body) as StateRequest
      if (action === 'teardown') {
        // Also where Pact sent nothing in between.
        isArranged = false
        return toJson({})
      }
      begin()
      const placeholders: Record<string, string> = {}
      try {
        const values = state ? await handlers[state](params) : {}
        for (const [key, real] of Object.entries(values)) {
          const literal = params[key] ?? LITERALS[key as keyof typeof LITERALS]
          placeholders[key] = placeholderFor(key)
          substitutes.set(String(literal), real).set(placeholderFor(key), real)
        }
        accessBefore ??= values['accessToken']
      } catch (error) {
        troubles.push(`the state "${state}" could not be brought about: ${messageOf(error)}`)
      }
      return toJson(placeholders)
    },

    /** Carries a request of Pact's to the provider; none that is not of an interaction. */
    async carry(request: SentRequest) {
      const { [INTERACTION_HEADER]: index = '', ...headers } = request.headers
      const interaction = /^\d+$/.test(index) ? interactions[Number(index)] : undefined
      if (!interaction) throw new Error('the request belongs to no interaction')
      begin()
      isArranged = false
      const [inTheWay, faults] = [troubles.splice(0), [...new Set(loginFaults.splice(0))]]
      const one: Seen = { faults, isAnswered: false }
      seen.set(Number(index), one)
      faults.push(...inTheWay)
      if (inTheWay.length > 0) throw new Error('the state is not as the interaction needs it')
      const states = interaction.states.map(({ name }) => name).filter(isStateName)
      try {
        const { reply, faults: found } = await askFor(
          substitute({ ...request, headers }, substitutes),
          states,
        )
        faults.push(...found)
        one.isAnswered = true
        if (!isRedirect(reply)) return reply
        const { location = 'nowhere', ...rest } = reply.headers
        faults.push(`the provider redirected to ${location}`)
        // Pact would follow it, past this bench.
        return { ...reply, headers: rest }
      } catch (error) {
        faults.push(`the provider did not answer: ${messageOf(error)}`)
        throw error
      }
    },
  }
}

function toJson(value: object): SentReply {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  }
}

function isRedirect({ status, headers }: SentReply): boolean {
  return status >= 300 && status < 400 && headers['location'] !== undefined
}

function messageOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException
  return code ?? message
}
