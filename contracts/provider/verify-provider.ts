import { setTimeout as wait } from 'node:timers/promises'
import type { Interaction, PactContent } from '../pact/read-pact.js'
import { type BrokerPact, createBroker } from './broker.js'
import { type Durations, type InteractionResult, verifyInteractions } from './check-interactions.js'
import { brokerUrlOf, findPacts } from './find-pacts.js'
import { memoryTarget } from './memory-target.js'
import { type Published, publishResults } from './publish.js'
import type { Target } from './target.js'
import { urlTarget } from './url-target.js'
import type { VerifyOptions } from './verify-options.js'
import { type VerifySettings, withDefaults } from './verify-settings.js'

/** The results of all interactions. */
export interface VerifyReport extends Published {
  /**
   * Whether at least one interaction was kept, no interaction was broken, except pending ones, and every
   * pact could be read.
   */
  kept: boolean
  interactions: InteractionResult[]
  /** The pacts that could not be read, each with the reason. */
  unreadable?: string[]
  /** Pacts with another provider, each with that provider's name. They were not verified. */
  skipped?: string[]
}

/**
 * Verifies a provider, interaction by interaction: with Pact, and with checks of the tokens, which Pact
 * cannot decode.
 *
 * @throws a `TypeError` or a `RangeError` for misuse, a {@link PactFileError} when no pact can be
 * read, a {@link BrokerError} for a broker that cannot be used, before anything is sent to the provider; and a
 * {@link PactMissingError} or a {@link PactRunError} when Pact cannot be run (as rejections)
 * @example
 * import { createZapSign } from 'zapsign-mock'
 * import { verifyProvider } from 'zapsign-mock/contracts'
 *
 * const { kept } = await verifyProvider({ zapsign: createZapSign(), pacts: ['pacts/billing-ZapSign.json'] })
 */
export async function verifyProvider(options: VerifyOptions): Promise<VerifyReport> {
  return verifyWith(withDefaults(options ?? {}))
}

/** What a verification takes from its surroundings. */
export interface Surroundings {
  /** Waits for a number of milliseconds. */
  wait(milliseconds: number): Promise<unknown>
  /** Takes the duration of each interaction. @default nothing does */
  durations?: Durations
}

/** {@link verifyProvider}, with options that are checked already. */
export async function verifyWith(
  settings: VerifySettings,
  { durations, ...surroundings }: Surroundings = { wait },
): Promise<VerifyReport> {
  const target = targetOf(settings, surroundings)
  const { pacts, unreadable } = await findPacts(settings)
  const isOurs = ({ provider }: PactContent) =>
    provider.toLowerCase() === settings.provider.toLowerCase()
  const [ours, others] = [pacts.filter(isOurs), pacts.filter((pact) => !isOurs(pact))]
  const interactions = ours.flatMap((pact) => pact.interactions)
  const results = await verifyInteractions(interactions, target, durations)
  return {
    kept: areKept(results) && unreadable.length === 0,
    interactions: results,
    ...(unreadable.length > 0 && { unreadable }),
    ...(others.length > 0 && {
      skipped: others.map((pact) => `${pact.source} is a pact with ${pact.provider}`),
    }),
    ...(settings.publish && (await publish(ours, interactions, results, settings))),
  }
}

function targetOf(settings: VerifySettings, { wait }: Surroundings): Target {
  const { zapsign, baseUrl = '', organization = '', username = '', password = '' } = settings
  if (zapsign) return memoryTarget(zapsign)
  const { wrongPassword = '', headers = {}, includeRateLimit, providerStatesUrl } = settings
  return urlTarget({
    baseUrl,
    credentials: { organizationId: organization, username, password, wrongPassword },
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    includeRateLimit,
    ...(providerStatesUrl && { providerStatesUrl }),
    wait,
  })
}

function areKept(results: readonly InteractionResult[]): boolean {
  const isChecked = ({ result, pending }: InteractionResult) => result === 'kept' || pending
  return results.some(isChecked) && !results.some(({ result }) => result === 'broken')
}

async function publish(
  pacts: readonly (PactContent | BrokerPact)[],
  interactions: readonly Interaction[],
  results: readonly InteractionResult[],
  settings: VerifySettings,
): Promise<Published> {
  const byInteraction = new Map(
    interactions.flatMap((one, index): [Interaction, InteractionResult][] => {
      const result = results[index]
      return result ? [[one, result]] : []
    }),
  )
  const published = pacts.filter((pact): pact is BrokerPact => 'resultsUrl' in pact)
  // The time limit of the client that fetched the pacts may have passed.
  const { client } = createBroker(settings, brokerUrlOf(settings) ?? '')
  return publishResults(client, published, byInteraction, settings)
}
