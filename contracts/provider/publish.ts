import { VERSION } from '../../src/version.js'
import { BrokerError } from '../errors.js'
import type { Interaction } from '../pact/read-pact.js'
import { type BrokerPact, fill, linkOf } from './broker.js'
import type { BrokerClient } from './broker-client.js'
import type { InteractionResult } from './check-interactions.js'
import type { VerifySettings } from './verify-settings.js'

/** Results that did not reach the broker. */
export interface Published {
  /** Pacts that were to be published, but were not checked completely, each with the reason. */
  unpublished?: string[]
  /** Why results are not at the broker although they were to be. */
  publishError?: string
}

/** Publishes the results of each pact of a broker that was checked completely. */
export async function publishResults(
  client: BrokerClient,
  pacts: readonly BrokerPact[],
  results: ReadonlyMap<Interaction, InteractionResult>,
  settings: VerifySettings,
): Promise<Published> {
  const unpublished: string[] = []
  const errors = new Set<string>()
  const branches = new Set<string>()
  for (const pact of pacts) {
    const found = pact.interactions.flatMap((one) => results.get(one) ?? [])
    const reason = whyIncomplete(found)
    if (reason) unpublished.push(`${pact.source} was not published: ${reason}`)
    else
      await publish(client, pact, results, settings, branches).catch((error) => {
        if (!(error instanceof BrokerError)) throw error
        errors.add(error.message)
      })
  }
  return {
    ...(unpublished.length > 0 && { unpublished }),
    ...(errors.size > 0 && { publishError: [...errors].join('; ') }),
  }
}

function whyIncomplete(results: readonly InteractionResult[]): string | undefined {
  if (results.length === 0) return 'it has no interactions'
  const skipped = results.filter(({ result, pending }) => result === 'notChecked' && !pending)
  const [first] = skipped
  if (!first) return undefined
  const part = `${skipped.length} of ${results.length} interactions`
  return `${part} ${skipped.length === 1 ? 'was' : 'were'} not checked ("${first.description}": ${first.reason})`
}

async function publish(
  client: BrokerClient,
  pact: BrokerPact,
  results: ReadonlyMap<Interaction, InteractionResult>,
  settings: VerifySettings,
  branches: Set<string>,
): Promise<void> {
  const { source, resultsUrl, providerUrl, interactions } = pact
  if (!resultsUrl)
    throw new BrokerError(`The pact at ${source} has no link for publishing its results`)
  if (settings.providerBranch && !branches.has(String(providerUrl))) {
    await publishBranch(client, providerUrl, settings)
    branches.add(String(providerUrl))
  }
  const testResults = interactions.map((one) => toTestResult(one, results.get(one)))
  await client.send('POST', resultsUrl, {
    success: testResults.every(({ success }) => success),
    providerApplicationVersion: settings.providerVersion,
    ...(settings.buildUrl && { buildUrl: settings.buildUrl }),
    verifiedBy: { implementation: 'zapsign-mock', version: VERSION },
    testResults,
  })
}

/** Creates the provider's version on its branch, as Pact's verifiers do before they publish. */
async function publishBranch(
  client: BrokerClient,
  providerUrl: string | undefined,
  { providerBranch: branch = '', providerVersion: version = '' }: VerifySettings,
): Promise<void> {
  const provider = providerUrl && (await client.get(providerUrl))
  const template = provider && linkOf(provider, 'pb:branch-version')
  if (!template)
    throw new BrokerError('The broker has no branches (older than 2.86): omit providerBranch')
  await client.send('PUT', fill(template, { branch, version }), {})
}

/** The broker assigns `_id` to each interaction. */
function toTestResult(
  { content, description }: Interaction,
  result: InteractionResult | undefined,
) {
  const { faults = result?.pending ? [result.reason ?? ''] : [] } = result ?? {}
  const id = content['_id']
  return {
    ...(typeof id === 'string' && { interactionId: id }),
    interactionDescription: description,
    success: result?.result === 'kept',
    ...(faults.length > 0 && { mismatches: faults.map((fault) => ({ description: fault })) }),
  }
}
