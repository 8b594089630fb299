import { hintFor } from './login.js'
import type { Verdict } from './pact-verifier.js'
import type { Seen } from './verification-proxy.js'

/**
 * The faults of an interaction, from what the proxy saw and what Pact found. The status comes first, and
 * at another status than the expected one nothing is said about the body.
 */
export function faultsOf(seen: Seen | undefined, verdict: Verdict): string[] {
  const { status = [], others = [] } = verdict ?? {}
  if (!seen) return [`the request did not reach the provider: ${inWords([...status, ...others])}`]
  const { failure, redirect, before, faults } = seen
  // The verdict would be about the proxy's reply, not about the provider's.
  if (failure !== undefined) return [failure, ...before]
  const statusFaults = status.map((fault) => fault + hintFor(receivedStatus(fault)))
  const redirectFaults = redirect === undefined ? [] : [`the provider redirected to ${redirect}`]
  if (status.length > 0) return [...statusFaults, ...redirectFaults, ...before]
  return [...new Set([...redirectFaults, ...before, ...unsaid(faults, others), ...others])]
}

function inWords(words: readonly string[]): string {
  return words.length > 0
    ? `Pact says "${words.join('; ')}"`
    : 'Pact received a reply from elsewhere'
}

/** Pact says "expected 400 but was 429", or lists several expected statuses. */
function receivedStatus(fault: string): number {
  const [, was, other] = /but was (\d+)|status code (\d+)/.exec(fault) ?? []
  return Number(was ?? other)
}

/** Own faults, without those about the Content-Type that Pact names too. */
function unsaid(own: readonly string[], ofPact: readonly string[]): readonly string[] {
  const saysType = ofPact.some((fault) => /content.type/i.test(fault))
  return saysType ? own.filter((fault) => !fault.startsWith('the Content-Type is')) : own
}
