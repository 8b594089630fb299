import { PactFileError, PROVIDER } from '../pact-file.js'
import { type Interaction, interactionsOf } from './pacts.js'

/** A Pact broker, and what is to be told to it. */
export interface BrokerOptions {
  brokerBaseUrl: string
  brokerToken?: string
  /** The provider's version, under which results are published. */
  providerVersion?: string
  /** Whether results are published; they need a version. */
  publish?: boolean
}

/** A pact from a broker, and where its results go. */
export interface BrokerPact {
  interactions: Interaction[]
  resultsUrl: string | undefined
}

interface Linked {
  _links?: Record<string, { href: string; name?: string } | undefined>
  _embedded?: { pacts?: Linked[] }
}

/** Fetches the pacts that a broker wants this provider to be verified against. Throws a {@link PactFileError}. */
export async function fetchPacts(options: BrokerOptions): Promise<BrokerPact[]> {
  const index = await call(options, options.brokerBaseUrl)
  const template = index._links?.['pb:provider-pacts-for-verification']?.href
  if (!template)
    throw new PactFileError(
      `${options.brokerBaseUrl} is no Pact broker: it offers no pacts for verification`,
    )
  const found = await call(options, template.replace('{provider}', encodeURIComponent(PROVIDER)), {
    consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }],
    includePendingStatus: false,
  })
  const pacts = found._embedded?.pacts ?? []
  return Promise.all(pacts.map((pact) => fetchPact(options, pact._links?.['self']?.href ?? '')))
}

async function fetchPact(options: BrokerOptions, url: string): Promise<BrokerPact> {
  const pact = await call(options, url)
  return {
    interactions: interactionsOf(pact, url),
    resultsUrl: pact._links?.['pb:publish-verification-results']?.href,
  }
}

/** Tells a broker whether a pact was kept. */
export async function publishResult(
  options: BrokerOptions,
  { resultsUrl }: BrokerPact,
  isKept: boolean,
): Promise<void> {
  if (!resultsUrl)
    throw new PactFileError('The broker says nowhere where results are to be published')
  await call(options, resultsUrl, {
    success: isKept,
    providerApplicationVersion: options.providerVersion,
    verifiedBy: { implementation: 'zapsign-mock' },
  })
}

/** GET, or POST where there is something to send. */
async function call({ brokerToken }: BrokerOptions, url: string, body?: object): Promise<Linked> {
  const headers = {
    accept: 'application/hal+json, application/json',
    ...(brokerToken && { authorization: `Bearer ${brokerToken}` }),
    ...(body && { 'content-type': 'application/json' }),
  }
  const response = await fetch(url, {
    headers,
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  }).catch((error: Error & { cause?: { code?: string } }) => {
    throw new PactFileError(
      `The broker at ${url} did not answer: ${error.cause?.code ?? error.message}`,
    )
  })
  if (!response.ok) throw new PactFileError(`The broker at ${url} answered with ${response.status}`)
  return response.json() as Promise<Linked>
}
