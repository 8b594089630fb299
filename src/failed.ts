import type { Answer } from './answer.js'
import { OwnError, StoreError } from './misuse.js'

/**
 * The answer when a function that the user passed in throws: a caller must not be left without a reply.
 * The error's message may hold anything, so the reply has only its kind.
 */
export function failed(error: unknown): Answer {
  if (error instanceof StoreError) return withBody(503, error.message)
  const kind = error instanceof Error ? error.name : 'Error'
  const why =
    error instanceof OwnError
      ? error.message
      : `a ${kind} was thrown. If claims or now is a function, look there first`
  return withBody(500, why)
}

function withBody(status: number, why: string): Answer {
  const raw = { contentType: 'text/plain', body: `zapsign-mock failed: ${why}\n` }
  return { outcome: 'failed', status, source: 'configured', raw }
}
