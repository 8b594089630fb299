import type { SentReply, SentRequest } from '../http.js'
import { LITERALS } from '../promises.js'
import type { Provider } from './provider.js'
import { faultsOf, isTokenReply, repetitionFaults, stringsIn } from './semantics.js'
import type { StateName } from './states.js'
import { substitute } from './substitute.js'
import { INTERACTION_HEADER } from './verifier.js'

/** What Pact is told to send in place of a value: no other is like it, and it is no secret. */
const placeholderFor = (name: string) => `zapsign-mock-${name}`

interface StateRequest {
  name: StateName | ''
  parameters: Readonly<Record<string, unknown>>
}

/** What stands between Pact and the provider: brings states about, puts real values in, and looks on. */
export function createBench(provider: Provider) {
  const seen = new Map<number, string[]>()
  const unanswered = new Set<number>()
  const substitutes = new Map<string, string>()
  const troubles: string[] = []
  let accessBefore: string | undefined
  let isArranged = false

  function begin(): void {
    if (isArranged) return
    provider.reset()
    substitutes.clear()
    accessBefore = undefined
    isArranged = true
  }

  async function send(request: SentRequest): Promise<SentReply> {
    const reply = await provider.send(request)
    if (isTokenReply(request, reply))
      for (const token of stringsIn(reply)) provider.secrets.add(token)
    return reply
  }

  return {
    /** Faults that were seen on the way, by interaction. */
    seen,
    /** Interactions that the provider was not asked for, or did not reply to. */
    unanswered,

    /** Answers Pact's request for a state. */
    async arrange({ body }: { body: string }) {
      const { name, parameters } = JSON.parse(body) as StateRequest
      begin()
      const placeholders: Record<string, string> = {}
      try {
        // Pact asks for a state without a name where an interaction needs none.
        const values = name ? await provider.states[name](parameters) : {}
        for (const [key, real] of Object.entries(values)) {
          const literal = parameters[key] ?? LITERALS[key as keyof typeof LITERALS]
          placeholders[key] = placeholderFor(key)
          substitutes.set(String(literal), real).set(placeholderFor(key), real)
        }
        accessBefore ??= values['accessToken']
      } catch (error) {
        troubles.push(`the state "${name}" could not be brought about: ${messageOf(error)}`)
      }
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(placeholders),
      }
    },

    /** Carries a request of Pact's to the provider. */
    async carry(request: SentRequest) {
      begin()
      isArranged = false
      const { [INTERACTION_HEADER]: index = '', ...headers } = request.headers
      const faults = troubles.splice(0)
      seen.set(Number(index), faults)
      if (faults.length > 0) {
        unanswered.add(Number(index))
        throw new Error('the state is not as the interaction needs it')
      }
      const real = substitute({ ...request, headers }, substitutes)
      try {
        const reply = await send(real)
        faults.push(...faultsOf({ request: real, reply, time: provider.timeOf(reply) }))
        if (isTokenReply(real, reply))
          faults.push(...repetitionFaults([reply, await send(real)], accessBefore))
        if (!isRedirect(reply)) return reply
        const { location = 'nowhere', ...rest } = reply.headers
        faults.push(`the provider redirected to ${location}`)
        // Pact would follow it, past this bench.
        return { ...reply, headers: rest }
      } catch (error) {
        unanswered.add(Number(index))
        faults.push(`the provider did not answer: ${messageOf(error)}`)
        throw error
      }
    },
  }
}

function isRedirect({ status, headers }: SentReply): boolean {
  return status >= 300 && status < 400 && headers['location'] !== undefined
}

function messageOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException
  return code ?? message
}
