import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findPact } from '../engine.js'
import { PROVIDER } from '../pact-file.js'
import type { Interaction } from './pacts.js'

/** Tells the proxy which interaction a request belongs to; it goes no further. */
export const INTERACTION_HEADER = 'x-zapsign-mock-interaction'

export interface VerifierUrls {
  /** Stands between the verifier and the provider. */
  proxyUrl: string
  /** Is asked to bring provider states about. */
  statesUrl: string
}

/** Pact's own verdict on one interaction: nothing for one that it found kept. */
export type Verdict = readonly string[] | undefined

/**
 * Has Pact verify interactions one after the other, in their order. Rejects when Pact could not be
 * run, with the end of what it printed.
 */
export async function verifyWithPact(
  interactions: readonly Interaction[],
  urls: VerifierUrls,
): Promise<Verdict[]> {
  const options = {
    provider: PROVIDER,
    providerBaseUrl: urls.proxyUrl,
    providerStatesSetupUrl: urls.statesUrl,
    logLevel: 'error',
  }
  const pacts = interactions.map((one, index) => JSON.stringify(singlePact(one, index)))
  const results = await runChild({ pact: findPact(), options, pacts })
  return interactions.map((_, index) => verdictOn(titleOf(index), results))
}

const titleOf = (index: number) => `interaction ${index}.`

/** A pact of one interaction, by a title that no other has. */
function singlePact(interaction: Interaction, index: number): object {
  // Of what is pending, Pact would not say what is wrong.
  const { provider_state, providerState, providerStates, pending, ...content } = interaction.content
  const request = content['request'] as Record<string, unknown>
  const headers = { ...(request['headers'] as object), [INTERACTION_HEADER]: String(index) }
  const description = titleOf(index)
  const states = toStates(interaction)
  return {
    consumer: { name: 'verified' },
    provider: { name: PROVIDER },
    interactions: [{ ...content, ...states, description, request: { ...request, headers } }],
    metadata: { pactSpecification: { version: interaction.specification } },
  }
}

/** States as the specification of a pact has them: one at most, by its name, up to 2. */
function toStates({ specification, states }: Interaction): object {
  if (!/^[12]\b/.test(specification))
    return { providerStates: states.map(({ name, parameters }) => ({ name, params: parameters })) }
  return states.length > 0 ? { providerState: states[0]?.name } : {}
}

interface Results {
  interactionResults: { description: string; result: string }[]
  errors: {
    interaction: string
    mismatch: { type: string; message?: string; mismatches?: { mismatch: string; path?: string }[] }
  }[]
}

function verdictOn(title: string, { interactionResults, errors }: Results): Verdict {
  const result = interactionResults.find(({ description }) => description === title)
  if (result?.result === 'OK') return undefined
  const found = errors.filter(({ interaction }) => interaction.includes(title))
  const mismatches = found.flatMap(({ mismatch }) =>
    mismatch.mismatches
      ? mismatch.mismatches.map((one) => [one.path, one.mismatch].filter(Boolean).join(': '))
      : [mismatch.message ?? mismatch.type],
  )
  // Pact finds them in no particular order.
  return mismatches.length > 0 ? mismatches.sort() : ['Pact could not verify it']
}

interface ChildTask {
  pact: string
  options: object
  /** The texts of pact files. */
  pacts: readonly string[]
}

/** How much of what Pact printed is shown when it could not be run. */
const SHOWN_LENGTH = 2000

function runChild(task: ChildTask): Promise<Results> {
  const child = fork(fileURLToPath(new URL('./verifier-child.cjs', import.meta.url)), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    env: { ...forPact(process.env), PACT_DO_NOT_TRACK: 'true' },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      printed = `${printed}${chunk}`.slice(-SHOWN_LENGTH)
    })
  }
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`Pact's verifier could not be run:\n${printed}`))
    child.once('message', ({ results }: { results: string }) => {
      try {
        resolve(JSON.parse(results))
      } catch {
        reject(new Error(`Pact's verifier could not be run: ${results}`))
      }
    })
    child.once('error', fail)
    child.once('exit', fail)
    child.send(task)
  })
}

/**
 * All that Pact calls is in this process: a proxy would only be in between. What its own variables say
 * (a broker to take pacts from, interactions to leave out) nobody asked of this verification.
 */
function forPact(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(environment).filter(([name]) => !/^PACT_|_proxy$/i.test(name))
  return Object.fromEntries(others)
}
