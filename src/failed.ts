import type { Answer } from './answer.js'
import { OwnError } from './misuse.js'

/**
 * The answer when a function that the user passed in throws: a caller must not be left without a reply.
 * The error's message may hold anything, so the reply has only its kind.
 */
export function failed(error: unknown): Answer {
  const kind = error instanceof Error ? error.name : 'Error'
  const why =
    error instanceof OwnError
      ? error.message
      : `a ${kind} was thrown. If claims or now is a function, look there first`
  const body = `zapsign-mock failed: ${why}\n`
  const raw = { contentType: 'text/plain', body }
  return { outcome: 'failed', status: 500, source: 'configured', raw }
}
