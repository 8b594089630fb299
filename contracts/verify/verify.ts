import { type SentReply, type SentRequest, serve } from '../http.js'
import { toPact } from '../pact-file.js'
import { LITERALS, PROMISE_NAMES, type PromiseName, promises } from '../promises.js'
import { redact } from '../redact.js'
import { type Interaction, type PactContent, readPact } from './pacts.js'
import type { Provider } from './provider.js'
import { faultsOf, isTokenReply, repetitionFaults, stringsIn } from './semantics.js'
import { STATE_NAMES, type StateName } from './states.js'
import { substitute } from './substitute.js'
import { INTERACTION_HEADER, verifyWithPact } from './verifier.js'

/** What became of one interaction at the provider. */
export interface InteractionResult {
  consumer: string
  description: string
  /** The promise, for interactions of the reference pact. */
  promise?: PromiseName
  result: 'kept' | 'broken' | 'notChecked'
  /** What is wrong, where it is broken. */
  faults?: string[]
  /** Why it was not checked. */
  reason?: string
}

/** A provider state that nobody here knows. */
export class UnknownStateError extends Error {}

/** The consumer of the reference pact: whoever it may be. */
export const REFERENCE = 'any client'

/** The reference pact: all promises. */
export function referencePact(): PactContent {
  return readPact(toPact(REFERENCE, PROMISE_NAMES), 'the reference pact')
}

/**
 * Verifies interactions at a provider: with Pact, and with a second look at what Pact cannot see.
 * Throws an {@link UnknownStateError} before anything is sent.
 */
export async function verifyInteractions(
  interactions: readonly Interaction[],
  provider: Provider,
): Promise<InteractionResult[]> {
  refuseUnknownStates(interactions)
  try {
    return await verifyKnown(interactions, provider)
  } finally {
    provider.reset()
  }
}

async function verifyKnown(
  interactions: readonly Interaction[],
  provider: Provider,
): Promise<InteractionResult[]> {
  const reasons = new Map(interactions.map((one) => [one, skipReason(one, provider)]))
  const checked = inOrder(interactions.filter((one) => !reasons.get(one)))
  const faults = await check(checked, provider)
  return interactions.map((interaction) =>
    toResult(interaction, reasons.get(interaction), faults.get(interaction) ?? [], provider),
  )
}

function refuseUnknownStates(interactions: readonly Interaction[]): void {
  for (const { source, description, states } of interactions) {
    const unknown = states.find(({ name }) => !isKnown(name))
    if (!unknown) continue
    throw new UnknownStateError(
      `${source}: "${description}" needs the provider state "${unknown.name}", which is not known: the states are ${STATE_NAMES.map((name) => `"${name}"`).join(', ')}`,
    )
  }
}

function isKnown(name: string): name is StateName {
  return (STATE_NAMES as readonly string[]).includes(name)
}

function statesOf({ states }: Interaction): StateName[] {
  return states.map(({ name }) => name).filter(isKnown)
}

function skipReason(interaction: Interaction, { whyNot }: Provider): string | undefined {
  return statesOf(interaction).map(whyNot).find(Boolean)
}

/** What locks an account comes last. */
function inOrder(interactions: readonly Interaction[]): Interaction[] {
  const locks = (one: Interaction) => statesOf(one).includes('login attempts are exceeded')
  return [...interactions.filter((one) => !locks(one)), ...interactions.filter(locks)]
}

/** What Pact is told to send in place of a value: no other is like it, and it is no secret. */
const placeholderFor = (name: string) => `zapsign-mock-${name}`

async function check(
  interactions: readonly Interaction[],
  provider: Provider,
): Promise<Map<Interaction, string[]>> {
  if (interactions.length === 0) return new Map()
  const bench = createBench(provider, interactions)
  const [proxy, states] = await Promise.all([serve(bench.carry), serve(bench.arrange)])
  try {
    const urls = { proxyUrl: proxy.url, statesUrl: states.url }
    const verdicts = await verifyWithPact(interactions, urls)
    return new Map(
      interactions.map((interaction, index) => [
        interaction,
        // What was seen on the way tells more than what came of it, and all where nothing came.
        bench.unanswered.has(index)
          ? (bench.seen.get(index) ?? [])
          : [...(bench.seen.get(index) ?? []), ...(verdicts[index] ?? [])],
      ]),
    )
  } finally {
    await Promise.all([proxy.close(), states.close()])
  }
}

interface StateRequest {
  name: StateName | ''
  parameters: Readonly<Record<string, unknown>>
}

/** What stands between Pact and the provider: brings states about, puts real values in, and looks on. */
function createBench(provider: Provider, interactions: readonly Interaction[]) {
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

  function expects(index: number, { status }: SentReply): boolean {
    const response = interactions[index]?.content['response']
    return Object(response).status === status
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
        if (!isRedirect(reply) || expects(Number(index), reply)) return reply
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

function toResult(
  interaction: Interaction,
  skipped: string | undefined,
  faults: readonly string[],
  { whyOnlyInPart, secrets }: Provider,
): InteractionResult {
  const { consumer, description } = interaction
  const promise = consumer === REFERENCE ? promiseOf(description) : undefined
  const result = { consumer, description, ...(promise && { promise }) }
  if (skipped) return { ...result, result: 'notChecked', reason: skipped }
  if (faults.length > 0) {
    const shown = faults.map((fault) => redact(fault, secrets))
    if (interaction.content['pending'] !== true)
      return { ...result, result: 'broken', faults: shown }
    return { ...result, result: 'notChecked', reason: `it is pending: ${shown.join('; ')}` }
  }
  const reason = statesOf(interaction).map(whyOnlyInPart).find(Boolean)
  return reason ? { ...result, result: 'notChecked', reason } : { ...result, result: 'kept' }
}

function promiseOf(description: string): PromiseName | undefined {
  return PROMISE_NAMES.find((name) => promises[name].description === description)
}
