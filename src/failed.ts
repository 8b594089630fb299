import { OwnError } from './misuse.js'
import type { Answer } from './refusals.js'

/**
 * A mistake in a function that the user passed in must not leave a caller without a reply. What it
 * says may hold anything, so only its kind goes out.
 */
export function failed(error: unknown): Answer {
  const kind = error instanceof Error ? error.name : 'Error'
  const why =
    error instanceof OwnError
      ? error.message
      : `a ${kind} was thrown; claims and now are the first to look at where they are functions`
  const body = `zapsign-mock failed: ${why}\n`
  const raw = { contentType: 'text/plain', body }
  return { outcome: 'failed', status: 500, basis: 'configured', raw }
}
