import type { ZapSign } from '../../src/index.js'
import { BrokerError } from '../errors.js'
import { PROVIDER } from '../pact/pact.js'
import { type Interaction, type PactContent, readPactFile } from '../pact/read-pact.js'
import { LITERALS } from '../promises.js'
import { checkBaseUrl, checkOptions, isZapSign, type OptionKind } from '../usage.js'
import { type BrokerOptions, type BrokerPact, fetchPacts, publishResult } from './broker.js'
import { type InteractionResult, referencePact, verifyInteractions } from './check-interactions.js'
import { type Provider, providerAt, providerInMemory } from './target.js'

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
  /** A password that is wrong for the user; `WrongPassword123` by default, or another where that is right. */
  wrongPassword?: string
  /** Whether the login limit is checked at `baseUrl`, which locks the account. `false` by default. */
  includeRateLimit?: boolean
}

const OPTIONS = {
  pacts: 'list of files',
  zapsign: 'ZapSign',
  baseUrl: 'text',
  organization: 'text',
  username: 'text',
  password: 'text',
  wrongPassword: 'text',
  includeRateLimit: 'switch',
  brokerBaseUrl: 'text',
  brokerToken: 'text',
  providerVersion: 'text',
  publish: 'switch',
} as const satisfies Record<keyof VerifyOptions, OptionKind>

/** What belongs together: the first is of no use without the second. */
const NEEDS: readonly (readonly [keyof VerifyOptions, keyof VerifyOptions])[] = [
  ['organization', 'baseUrl'],
  ['username', 'baseUrl'],
  ['password', 'baseUrl'],
  ['wrongPassword', 'baseUrl'],
  ['includeRateLimit', 'baseUrl'],
  ['brokerToken', 'brokerBaseUrl'],
  ['publish', 'brokerBaseUrl'],
  ['publish', 'providerVersion'],
]

/** What became of every interaction. */
export interface VerifyReport {
  /** Whether something was kept, and nothing broken. */
  kept: boolean
  interactions: InteractionResult[]
  /** Pacts that are not with ZapSign, each with its provider: nothing of them was verified. */
  skipped?: string[]
  /** Pacts that were to be published, but of which nothing was checked. */
  unpublished?: string[]
  /** Why results are not at the broker, though they were to be. */
  publishError?: string
}

/**
 * Verifies a provider, interaction by interaction: with Pact, and with a look at the tokens that Pact
 * cannot see into. Throws a `TypeError` or a `RangeError` for misuse, and an `Error` of one line for a
 * pact that cannot be read or a state that is not known, before anything is sent; and one for a Pact
 * that cannot be run.
 *
 * @example
 * import { createZapSign } from 'zapsign-mock'
 * import { verifyProvider } from 'zapsign-mock/contracts'
 *
 * const { kept } = await verifyProvider({ zapsign: createZapSign(), pacts: ['pacts/billing-ZapSign.json'] })
 */
export async function verifyProvider(options: VerifyOptions): Promise<VerifyReport> {
  refuseMisuse(options ?? {})
  const provider = providerFor(options)
  const broker = brokerFor(options)
  const found = await findPacts(options.pacts ?? [], broker)
  const [ours, others] = [found.filter(isOurs), found.filter((pact) => !isOurs(pact))]
  const interactions = ours.flatMap((pact) => pact.interactions)
  const results = await verifyInteractions(interactions, provider)
  const byInteraction = new Map(interactions.map((one, index) => [one, results[index]]))
  const published = broker?.publish && (await publish(broker, ours, byInteraction))
  return {
    kept: areKept(results),
    interactions: results,
    ...(others.length > 0 && {
      skipped: others.map((pact) => `${pact.source} is a pact with ${pact.provider}`),
    }),
    ...published,
  }
}

function refuseMisuse(options: VerifyOptions): void {
  const { zapsign, baseUrl, pacts } = options
  if (baseUrl === undefined && !isZapSign(zapsign)) {
    throw new TypeError(
      'verifyProvider needs a provider: zapsign, which createZapSign() returns, or baseUrl',
    )
  }
  checkOptions('verifyProvider', options, OPTIONS)
  if (zapsign && baseUrl !== undefined)
    throw new TypeError('zapsign and baseUrl are two providers, verifyProvider takes one')
  for (const [name, needed] of NEEDS) {
    const isAskedFor = options[name] !== undefined && options[name] !== false
    if (isAskedFor && !options[needed]) throw new TypeError(`${name} needs ${needed}`)
  }
  if (pacts?.length === 0)
    throw new RangeError('pacts must be one file at least: leave it out for the reference pact')
}

function providerFor(options: VerifyOptions): Provider {
  const { zapsign, baseUrl, organization, username, password } = options
  if (zapsign) return providerInMemory(zapsign)
  const missing = Object.entries({ organization, username, password }).find(
    ([, value]) => !value,
  )?.[0]
  if (!organization || !username || !password) {
    throw new TypeError(
      `baseUrl needs organization, username and password to sign in there: ${missing} is missing`,
    )
  }
  const { wrongPassword = wrongFor(password), includeRateLimit = false } = options
  if (wrongPassword === password)
    throw new RangeError('wrongPassword must be another than password')
  const credentials = { organizationId: organization, username, password, wrongPassword }
  return providerAt(checkBaseUrl('baseUrl', baseUrl ?? ''), credentials, { includeRateLimit })
}

function wrongFor(password: string): string {
  return password === LITERALS.wrongPassword ? 'AnotherWrongPassword123' : LITERALS.wrongPassword
}

function brokerFor({
  brokerBaseUrl,
  brokerToken,
  providerVersion,
  publish,
}: VerifyOptions): BrokerOptions | undefined {
  if (brokerBaseUrl === undefined) return undefined
  checkBaseUrl('brokerBaseUrl', brokerBaseUrl)
  return { brokerBaseUrl, brokerToken, providerVersion, publish }
}

async function findPacts(
  files: readonly string[],
  broker: BrokerOptions | undefined,
): Promise<(PactContent | BrokerPact)[]> {
  if (files.length === 0 && !broker) return [referencePact()]
  return [...files.map(readPactFile), ...(broker ? await fetchPacts(broker) : [])]
}

/** Whether a pact is with ZapSign, and not with another provider of the same consumer. */
function isOurs({ provider }: PactContent): boolean {
  return provider.toLowerCase() === PROVIDER.toLowerCase()
}

function areKept(results: readonly (InteractionResult | undefined)[]): boolean {
  const has = (wanted: InteractionResult['result']) => results.some((one) => one?.result === wanted)
  return has('kept') && !has('broken')
}

/** Tells a broker about each pact that came from it and was checked. Resolves to what it was not told. */
async function publish(
  broker: BrokerOptions,
  pacts: readonly (PactContent | BrokerPact)[],
  results: ReadonlyMap<Interaction, InteractionResult | undefined>,
): Promise<Pick<VerifyReport, 'unpublished' | 'publishError'>> {
  const unpublished: string[] = []
  const errors: string[] = []
  for (const pact of pacts) {
    if (!('resultsUrl' in pact)) continue
    const found = pact.interactions.map((one) => results.get(one))
    if (found.every((one) => !one || one.result === 'notChecked')) {
      unpublished.push(`${pact.source} was not published: nothing of it was checked`)
      continue
    }
    try {
      await publishResult(broker, pact, areKept(found))
    } catch (error) {
      if (!(error instanceof BrokerError)) throw error
      errors.push(error.message)
    }
  }
  return {
    ...(unpublished.length > 0 && { unpublished }),
    ...(errors.length > 0 && { publishError: errors.join('; ') }),
  }
}
