import { BrokerError } from '../errors.js'
import { isObject } from '../is-object.js'
import { PROVIDER } from '../pact/pact.js'
import { type PactContent, readPact } from '../pact/read-pact.js'

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
export interface BrokerPact extends PactContent {
  resultsUrl: string | undefined
}

/** Fetches the pacts that a broker wants this provider to be verified against. Throws a {@link BrokerError}, or a {@link PactFileError}. */
export async function fetchPacts(options: BrokerOptions): Promise<BrokerPact[]> {
  const { brokerBaseUrl } = options
  const index = await call(options, brokerBaseUrl)
  const template = linkOf(index, 'pb:provider-pacts-for-verification')
  if (!template)
    throw new BrokerError(`${brokerBaseUrl} is no Pact broker: it offers no pacts for verification`)
  const found = await call(options, template.replace('{provider}', encodeURIComponent(PROVIDER)), {
    consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }],
    includePendingStatus: false,
  })
  const { pacts = [] } = isObject(found['_embedded']) ? found['_embedded'] : {}
  if (!Array.isArray(pacts)) throw new BrokerError(`${brokerBaseUrl} lists no pacts`)
  return Promise.all(pacts.map((pact) => fetchPact(options, linkOf(pact, 'self'))))
}

async function fetchPact(options: BrokerOptions, url: string | undefined): Promise<BrokerPact> {
  if (!url) throw new BrokerError(`${options.brokerBaseUrl} does not say where a pact of it is`)
  const pact = await call(options, url)
  return { ...readPact(pact, url), resultsUrl: linkOf(pact, 'pb:publish-verification-results') }
}

/** Tells a broker whether a pact was kept. Throws a {@link BrokerError}. */
export async function publishResult(
  options: BrokerOptions,
  { source, resultsUrl }: BrokerPact,
  isKept: boolean,
): Promise<void> {
  if (!resultsUrl)
    throw new BrokerError(`The broker does not say where results of ${source} are to be published`)
  await call(options, resultsUrl, {
    success: isKept,
    providerApplicationVersion: options.providerVersion,
    verifiedBy: { implementation: 'zapsign-mock' },
  })
}

/** GET, or POST where there is something to send. */
async function call(
  { brokerToken }: BrokerOptions,
  url: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const headers = {
    accept: 'application/hal+json, application/json',
    ...(brokerToken && { authorization: `Bearer ${brokerToken}` }),
    ...(body && { 'content-type': 'application/json' }),
  }
  const response = await fetch(url, {
    headers,
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  }).catch((error: Error & { cause?: { code?: string } }) => {
    throw new BrokerError(
      `The broker at ${url} did not answer: ${error.cause?.code ?? error.message}`,
    )
  })
  if (!response.ok) throw new BrokerError(`The broker at ${url} answered with ${response.status}`)
  const answer: unknown = await response.json().catch(() => undefined)
  if (!isObject(answer)) throw new BrokerError(`The broker at ${url} answered with no JSON object`)
  return answer
}

/** Where a link of a HAL document leads. */
function linkOf(document: unknown, relation: string): string | undefined {
  const links = isObject(document) ? document['_links'] : undefined
  const link = isObject(links) ? links[relation] : undefined
  const href = isObject(link) ? link['href'] : undefined
  return typeof href === 'string' ? href : undefined
}
