import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPact } from '../pact/load-pact.js'
import { PROVIDER } from '../pact/pact.js'
import type { Interaction } from '../pact/read-pact.js'
import { oneLine, type Results, runChild } from './pact-child.js'
import { titleOf, writeSinglePact } from './single-pact.js'

/** The servers of this process that Pact calls. */
export interface VerifierUrls {
  /** The proxy between the verifier and the provider. */
  proxyUrl: string
  /** Where provider states are set up. */
  statesUrl: string
}

/** What Pact found wrong with an interaction. */
interface Mismatches {
  /** About the status of the reply. */
  status: readonly string[]
  others: readonly string[]
}

/** Pact's verdict on one interaction: `undefined` for one that it found kept. */
export type Verdict = Mismatches | undefined

/**
 * Milliseconds that Pact waits for the proxy. What the proxy asks has limits of its own; together, the
 * requests that set up a state may take minutes.
 */
const PACT_TIMEOUT = 600_000

/**
 * Has Pact verify interactions one after the other, in their order. Rejects with a
 * {@link PactRunError} when Pact could not be run.
 */
export async function verifyWithPact(
  interactions: readonly Interaction[],
  urls: VerifierUrls,
): Promise<Verdict[]> {
  const pact = findPact()
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-verify-'))
  try {
    const options = {
      provider: PROVIDER,
      providerBaseUrl: urls.proxyUrl,
      providerStatesSetupUrl: urls.statesUrl,
      pactUrls: interactions.map((one, index) => writeSinglePact(folder, one, index)),
      providerStatesSetupTeardown: true,
      timeout: PACT_TIMEOUT,
      logLevel: 'error',
    }
    const results = await runChild({ pact, options }, folder)
    return interactions.map((_, index) => {
      const fault = unreadFault(index, results)
      if (fault !== undefined) return { status: [], others: [fault] }
      return verdictOn(titleOf(index), results)
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const UNREAD = /^Failed to load pact '.*?(\d+)\.json' - (.*?)( It will be ignored\..*)?$/s

/** Why Pact could not read an interaction, if it could not. */
function unreadFault(index: number, { errors }: Results): string | undefined {
  for (const { mismatch } of errors) {
    const [, found, fault = ''] = UNREAD.exec(mismatch.message ?? '') ?? []
    if (found === String(index)) return oneLine(fault)
  }
  return undefined
}

function verdictOn(title: string, { interactionResults, errors }: Results): Verdict {
  const result = interactionResults.find(({ description }) => description === title)
  if (result?.result === 'OK') return undefined
  const status: string[] = []
  const others: string[] = []
  for (const { mismatch } of errors.filter(({ interaction }) => interaction.includes(title))) {
    if (!mismatch.mismatches) others.push(mismatch.message ?? mismatch.type)
    for (const { type, path, mismatch: text } of mismatch.mismatches ?? [])
      (type === 'StatusMismatch' ? status : others).push([path, text].filter(Boolean).join(': '))
  }
  if (status.length + others.length === 0) others.push('Pact could not verify it')
  // Pact finds them in no particular order.
  return { status, others: others.sort() }
}
