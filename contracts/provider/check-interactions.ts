import { UnknownStateError } from '../errors.js'
import { serve } from '../http.js'
import { type Interaction, type PactContent, readPact } from '../pact/read-pact.js'
import { toPact } from '../pact/write-pact.js'
import { PROMISE_NAMES, type PromiseName, promises } from '../promises.js'
import { redact } from '../redact.js'
import { verifyWithPact } from './pact-verifier.js'
import { isStateName, STATE_NAMES, type StateName } from './states.js'
import type { Provider } from './target.js'
import { createBench } from './verification-proxy.js'

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
  const findings = await check(checked, provider)
  return interactions.map((interaction) => {
    const finding = findings.get(interaction)
    const skipped = reasons.get(interaction) ?? (finding ? undefined : NOT_SENT)
    return toResult(interaction, skipped, finding ?? [], provider)
  })
}

function refuseUnknownStates(interactions: readonly Interaction[]): void {
  for (const { source, description, states } of interactions.filter(({ isHttp }) => isHttp)) {
    const unknown = states.find(({ name }) => !isStateName(name))
    if (!unknown) continue
    throw new UnknownStateError(
      `${source}: "${description}" needs the provider state "${unknown.name}", which is not known: the states are ${STATE_NAMES.map((name) => `"${name}"`).join(', ')}`,
    )
  }
}

function statesOf({ states }: Interaction): StateName[] {
  return states.map(({ name }) => name).filter(isStateName)
}

function skipReason(interaction: Interaction, { whyNot }: Provider): string | undefined {
  if (!interaction.isHttp) return 'it is about a message, not HTTP'
  const status = Number(Object(interaction.content['response']).status)
  if (status >= 300 && status < 400) return 'Pact follows redirects: it cannot verify one'
  return statesOf(interaction).map(whyNot).find(Boolean)
}

/** What locks an account comes last. */
function inOrder(interactions: readonly Interaction[]): Interaction[] {
  const locks = (one: Interaction) => statesOf(one).includes('login attempts are exceeded')
  return [...interactions.filter((one) => !locks(one)), ...interactions.filter(locks)]
}

const NOT_SENT = 'Pact did not send it to the provider'

/** The faults of each interaction that Pact sent. */
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
    const findings = new Map<Interaction, string[]>()
    for (const [index, { faults, isAnswered }] of bench.seen) {
      const interaction = interactions[index]
      // What was seen on the way tells more than what came of it, and all where nothing came.
      const verdict = (isAnswered && verdicts[index]) || []
      if (interaction) findings.set(interaction, [...faults, ...verdict])
    }
    return findings
  } finally {
    await Promise.all([proxy.close(), states.close()])
  }
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
