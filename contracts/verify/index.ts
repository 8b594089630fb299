import type { ZapSign } from '../../src/index.js'
import { LITERALS } from '../promises.js'
import { type BrokerOptions, type BrokerPact, fetchPacts, publishResult } from './broker.js'
import { readPactFile } from './pacts.js'
import { type Provider, providerAt, providerInMemory } from './provider.js'
import { type InteractionResult, referenceInteractions, verifyInteractions } from './verify.js'

/** Which provider is to be verified against which pacts. */
export interface VerifyOptions extends Partial<BrokerOptions> {
  /** Pact files; the reference pact, with every promise, when there are none and no broker. */
  pacts?: readonly string[]
  /** A provider in memory. It is reset before each interaction. */
  zapsign?: ZapSign
  /** A provider somewhere else: a team's own mock, ZapSign's sandbox. Needs the credentials below. */
  baseUrl?: string
  organization?: string
  username?: string
  password?: string
  /** A password that is wrong for the user; `WrongPassword123` by default. */
  wrongPassword?: string
  /** Whether the login limit is checked at `baseUrl`, which locks the account. `false` by default. */
  includeRateLimit?: boolean
}

/** What became of every interaction. */
export interface VerifyReport {
  /** Whether something was kept, and nothing broken. */
  kept: boolean
  interactions: InteractionResult[]
}

/**
 * Verifies a provider, interaction by interaction: with Pact, and with a look at the tokens that Pact
 * cannot see into. Throws a `TypeError` for missing options, and an `Error` of one line for a pact
 * that cannot be read or a state that is not known.
 *
 * @example
 * import { createZapSign } from 'zapsign-mock'
 * import { verifyProvider } from 'zapsign-mock/contracts'
 *
 * const { kept } = await verifyProvider({ zapsign: createZapSign(), pacts: ['pacts/billing-ZapSign.json'] })
 */
export async function verifyProvider(options: VerifyOptions): Promise<VerifyReport> {
  const provider = providerFor(options)
  const broker = brokerFor(options)
  if (broker) return verifyFromBroker(broker, provider)
  const { pacts = [] } = options
  const interactions = pacts.length > 0 ? pacts.flatMap(readPactFile) : referenceInteractions()
  return report(await verifyInteractions(interactions, provider))
}

function providerFor(options: VerifyOptions): Provider {
  const { zapsign, baseUrl, organization, username, password } = options
  if (baseUrl === undefined) {
    if (zapsign) return providerInMemory(zapsign)
    throw new TypeError('verifyProvider needs a provider: zapsign, or baseUrl')
  }
  if (!URL.canParse(baseUrl))
    throw new TypeError(`baseUrl must be a URL, got ${JSON.stringify(baseUrl)}`)
  const missing = Object.entries({ organization, username, password }).find(
    ([, value]) => !value,
  )?.[0]
  if (!organization || !username || !password) {
    throw new TypeError(
      `baseUrl needs organization, username and password to sign in there: ${missing} is missing`,
    )
  }
  const { wrongPassword = LITERALS.wrongPassword, includeRateLimit = false } = options
  const credentials = { organizationId: organization, username, password, wrongPassword }
  return providerAt(baseUrl, credentials, { includeRateLimit })
}

function brokerFor({
  brokerBaseUrl,
  brokerToken,
  providerVersion,
  publish,
}: VerifyOptions): BrokerOptions | undefined {
  if (brokerBaseUrl === undefined) {
    if (publish) throw new TypeError('publish needs brokerBaseUrl')
    return undefined
  }
  if (publish && !providerVersion) throw new TypeError('publish needs providerVersion')
  return { brokerBaseUrl, brokerToken, providerVersion, publish }
}

async function verifyFromBroker(broker: BrokerOptions, provider: Provider): Promise<VerifyReport> {
  const pacts = await fetchPacts(broker)
  const results: InteractionResult[] = []
  for (const pact of pacts) {
    const found = await verifyInteractions(pact.interactions, provider)
    results.push(...found)
    await publish(broker, pact, found)
  }
  return report(results)
}

async function publish(
  broker: BrokerOptions,
  pact: BrokerPact,
  results: readonly InteractionResult[],
): Promise<void> {
  if (broker.publish)
    await publishResult(
      broker,
      pact,
      results.every(({ result }) => result === 'kept'),
    )
}

function report(interactions: InteractionResult[]): VerifyReport {
  const has = (result: InteractionResult['result']) =>
    interactions.some((one) => one.result === result)
  return { kept: has('kept') && !has('broken'), interactions }
}
