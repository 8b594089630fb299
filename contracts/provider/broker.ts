import { BrokerError } from '../errors.js'
import { isObject } from '../is-object.js'
import { type PactContent, readPact } from '../pact/read-pact.js'
import { type BrokerClient, createBrokerClient, type HalDocument } from './broker-client.js'
import type { VerifySettings } from './verify-settings.js'

/** A pact from a broker, and where its results go. */
export interface BrokerPact extends PactContent {
  /** Where its verification results are published. */
  resultsUrl: string | undefined
  /** The broker's document about the provider. */
  providerUrl: string | undefined
}

/** A broker, for one run. */
export interface Broker {
  /** Fetches one pact. Rejects with a `BrokerError` or a `PactFileError`. */
  fetchPact(url: string): Promise<BrokerPact>
  /**
   * Fetches the pacts that the provider is to be verified against. `attempt` calls the function that fetches
   * one of them, and may handle its `PactFileError`.
   */
  fetchPacts<R>(attempt: (fetchPact: () => Promise<BrokerPact>) => Promise<R>): Promise<R[]>
  client: BrokerClient
}

/** Pacts of one provider at most. */
const MOST_PACTS = 1000
/** Pacts that are fetched at the same time. */
const AT_ONCE = 5

/** Connects to the broker at `baseUrl`. */
export function createBroker(settings: VerifySettings, baseUrl: string): Broker {
  const { brokerToken: token, brokerUsername: username, brokerPassword: password } = settings
  const client = createBrokerClient({ baseUrl, token, username, password })

  async function fetchPact(url: string, isPending = false): Promise<BrokerPact> {
    const pact = await client.get(url)
    const { interactions, ...rest } = readPact(pact.content, url)
    return {
      ...rest,
      interactions: interactions.map((one) => (isPending ? { ...one, isPending } : one)),
      resultsUrl: linkOf(pact, 'pb:publish-verification-results'),
      providerUrl: linkOf(pact, 'pb:provider'),
    }
  }

  return {
    client,
    fetchPact,
    async fetchPacts(attempt) {
      const listed = await list(client, settings, baseUrl)
      const pacts: Awaited<ReturnType<typeof attempt>>[] = []
      while (listed.length > 0) {
        const some = listed.splice(0, AT_ONCE)
        pacts.push(
          ...(await Promise.all(
            some.map(({ url, isPending }) => attempt(() => fetchPact(url, isPending))),
          )),
        )
      }
      return pacts
    },
  }
}

interface Listed {
  url: string
  isPending: boolean
}

/** The pacts for verification: the broker's API document "Provider pacts for verification". */
async function list(
  client: BrokerClient,
  settings: VerifySettings,
  baseUrl: string,
): Promise<Listed[]> {
  const index = await client.get(baseUrl)
  const template = linkOf(index, 'pb:provider-pacts-for-verification')
  if (!template)
    throw new BrokerError(`${baseUrl} is not a Pact broker: it has no pacts for verification`)
  const found = await client.send('POST', fill(template, { provider: settings.provider }), {
    consumerVersionSelectors: settings.consumerVersionSelectors,
    includePendingStatus: settings.enablePending,
    ...(settings.includeWipPactsSince && { includeWipPactsSince: settings.includeWipPactsSince }),
    ...(settings.providerBranch && { providerVersionBranch: settings.providerBranch }),
  })
  const { pacts = [] } = isObject(found.content['_embedded']) ? found.content['_embedded'] : {}
  if (!Array.isArray(pacts)) throw new BrokerError(`The broker at ${baseUrl} lists no pacts`)
  if (pacts.length > MOST_PACTS)
    throw new BrokerError(
      `The broker at ${baseUrl} lists ${pacts.length} pacts, more than the limit of ${MOST_PACTS}: select fewer with consumerVersionSelectors (--consumer-version-selector)`,
    )
  return pacts.map((content) => toListed({ url: found.url, content }, baseUrl))
}

function toListed(entry: { url: string; content: unknown }, baseUrl: string): Listed {
  const content = isObject(entry.content) ? entry.content : {}
  const url = linkOf({ url: entry.url, content }, 'self')
  if (!url) throw new BrokerError(`The broker at ${baseUrl} lists a pact without its URL`)
  const properties = content['verificationProperties']
  const { pending, wip } = isObject(properties) ? properties : {}
  return { url, isPending: pending === true || wip === true }
}

/** The absolute URL of a link in a HAL document. */
export function linkOf({ url, content }: HalDocument, relation: string): string | undefined {
  const links = content['_links']
  const link = isObject(links) ? links[relation] : undefined
  const href = isObject(link) ? link['href'] : undefined
  if (typeof href !== 'string') return undefined
  // A template may hold characters that a URL would escape.
  return /^https?:/i.test(href)
    ? href
    : new URL(url).origin + (href.startsWith('/') ? '' : '/') + href
}

/** A URL from a template such as `…/provider/{provider}`. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] ?? ''))
}
