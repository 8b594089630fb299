import { serve } from '../http.js'
import { type Interaction, type PactContent, readPact } from '../pact/read-pact.js'
import { toPact } from '../pact/write-pact.js'
import { PROMISE_NAMES, type PromiseName, promises } from '../promises.js'
import { redact } from '../redact.js'
import { faultsOf } from './faults-of.js'
import { type Verdict, verifyWithPact } from './pact-verifier.js'
import { STATE_NAMES } from './states.js'
import type { Target } from './target.js'
import { createVerificationProxy, type Seen } from './verification-proxy.js'

/** The result of one interaction at the provider. */
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
  /** Deviations from what ZapSign's framework does, which no pact covers. */
  warnings?: string[]
  /** It was checked and has faults, but is pending: it fails no run. `reason` holds the faults. */
  pending?: true
  /** Its provider states, where its description does not tell it from another interaction. */
  states?: string[]
  /** Its pact, where its description and its states do not tell it from another interaction. */
  source?: string
}

/** Milliseconds that were spent on each interaction: its states, its request and the checks after it. */
export type Durations = WeakMap<InteractionResult, number>

/** The consumer of the reference pact. */
export const REFERENCE = 'any client'

/** The reference pact: all promises. */
export function referencePact(): PactContent {
  return readPact(toPact(REFERENCE, PROMISE_NAMES), 'the reference pact')
}

/**
 * Verifies interactions at a provider: with Pact, and with checks of what Pact cannot see. The results
 * are in the order of the interactions.
 */
export async function verifyInteractions(
  interactions: readonly Interaction[],
  target: Target,
  durations: Durations = new WeakMap(),
): Promise<InteractionResult[]> {
  const findings = new Map(interactions.map((one) => [one, findingWithoutRequest(one, target)]))
  const checked = inOrder(interactions.filter((one) => !findings.get(one)))
  try {
    for (const [interaction, finding] of await check(checked, target))
      findings.set(interaction, finding)
  } finally {
    target.reset()
  }
  return interactions.map((one) => {
    const finding = findings.get(one) ?? {}
    const result = { ...toResult(one, finding, target.secrets), ...distinguish(one, interactions) }
    durations.set(result, finding.duration ?? 0)
    return result
  })
}

/** What was found about an interaction. */
interface Finding {
  faults?: readonly string[]
  warnings?: readonly string[]
  /** Why it was not checked, or only in part. */
  notChecked?: string
  /** Milliseconds. */
  duration?: number
}

/** A finding for an interaction that cannot be checked here; `undefined` for any other. */
function findingWithoutRequest(interaction: Interaction, target: Target): Finding | undefined {
  const { isHttp, states, content } = interaction
  if (!isHttp) return { notChecked: 'it is about a message, not HTTP' }
  const unknown = states.find(({ name }) => !target.knows(name))
  if (unknown) return { faults: [unknownState(unknown.name)] }
  const status = Number(Object(content['response']).status)
  if (status >= 300 && status < 400)
    return { notChecked: 'Pact follows redirects: it cannot verify a reply that is one' }
  const whyNot = states.map(({ name }) => target.whyNot(name)).find(Boolean)
  return whyNot ? { notChecked: whyNot } : undefined
}

function unknownState(name: string): string {
  const known = STATE_NAMES.map((one) => `"${one}"`).join(', ')
  return `the provider state ${JSON.stringify(name)} is unknown; the known states are ${known}`
}

/** Interactions that lock an account come last. */
function inOrder(interactions: readonly Interaction[]): Interaction[] {
  const { name } = promises.rateLimited.state
  const locks = ({ states }: Interaction) => states.some((state) => state.name === name)
  return [...interactions.filter((one) => !locks(one)), ...interactions.filter(locks)]
}

/** Characters of all headers of a request together: more than Node's 16 kB, since a pact may ask for it. */
const MAX_HEADER_SIZE = 1_000_000

/** Has Pact send the interactions through a proxy, one after the other. */
async function check(
  interactions: readonly Interaction[],
  target: Target,
): Promise<Map<Interaction, Finding>> {
  if (interactions.length === 0) return new Map()
  const { seen, durations, forward, answerState } = createVerificationProxy(target, interactions)
  const [proxy, states] = await Promise.all([
    serve(forward, {}, { maxHeaderSize: MAX_HEADER_SIZE }),
    serve(answerState),
  ])
  try {
    const urls = { proxyUrl: proxy.url, statesUrl: states.url }
    const verdicts = await verifyWithPact(interactions, urls)
    const findings = interactions.map((one, index): [Interaction, Finding] => [
      one,
      {
        ...toFinding(seen.get(index), verdicts[index]),
        duration: durations.get(index) ?? 0,
      },
    ])
    return new Map(findings)
  } finally {
    await Promise.all([proxy.close(), states.close()])
  }
}

function toFinding(seen: Seen | undefined, verdict: Verdict): Finding {
  const { warnings = [], caveat } = seen ?? {}
  const faults = faultsOf(seen, verdict)
  return { faults, warnings, ...(caveat && { notChecked: caveat }) }
}

function toResult(
  { consumer, description, isPending }: Interaction,
  { faults = [], warnings = [], notChecked }: Finding,
  secrets: Iterable<string>,
): InteractionResult {
  const promise = consumer === REFERENCE ? promiseOf(description) : undefined
  const shown = (texts: readonly string[]) => texts.map((text) => redact(text, secrets))
  const result = {
    consumer,
    description,
    ...(promise && { promise }),
    ...(warnings.length > 0 && { warnings: shown(warnings) }),
  }
  if (faults.length > 0 && isPending) {
    const reason = `it is pending: ${shown(faults).join('; ')}`
    return { ...result, result: 'notChecked', reason, pending: true }
  }
  if (faults.length > 0) return { ...result, result: 'broken', faults: shown(faults) }
  if (notChecked) return { ...result, result: 'notChecked', reason: notChecked }
  return { ...result, result: 'kept' }
}

/** What tells an interaction from others of its consumer with the same description. */
function distinguish(
  interaction: Interaction,
  all: readonly Interaction[],
): Pick<InteractionResult, 'states' | 'source'> {
  const { consumer, description, source } = interaction
  const states = interaction.states.map(({ name }) => name)
  const alike = all.filter(
    (one) => one !== interaction && one.consumer === consumer && one.description === description,
  )
  if (alike.length === 0) return {}
  const sameStates = alike.some(
    (one) => one.states.map(({ name }) => name).join('\n') === states.join('\n'),
  )
  return { states, ...(sameStates && { source }) }
}

function promiseOf(description: string): PromiseName | undefined {
  return PROMISE_NAMES.find((name) => promises[name].description === description)
}
