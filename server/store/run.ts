import { createHash } from 'node:crypto'
import { type RedisClient, toStoreError, unreachable } from './redis-client.js'
import { SCRIPT } from './script.js'
import { within } from './within.js'

/** Runs an operation of the script. Rejects with a `StoreError` when Redis does not answer. */
export type Run = (operation: string, args?: object) => Promise<Record<string, never>>

/** Milliseconds that an operation may take. */
export const OPERATION_LIMIT = 2000

const SHA = createHash('sha1').update(SCRIPT).digest('hex')

/**
 * Creates the function that runs operations. Each operation has a deadline by the clock of Redis, so that
 * what a hanging Redis runs later on has no effect: its request has been refused meanwhile.
 *
 * @param onFailed Called when the connection is of no use any more.
 */
export function createRun(
  client: RedisClient,
  prefix: string,
  onFailed: (error: unknown) => void,
): Run {
  /** What has to be added to this process's time for that of Redis. */
  let offset: number | undefined

  function call(operation: string, args: object): Promise<unknown> {
    const deadline =
      offset === undefined ? undefined : Math.floor(performance.now() + offset + OPERATION_LIMIT)
    const text = JSON.stringify({ ...args, deadline })
    return client.evalSha(SHA, { keys: [prefix], arguments: [operation, text] })
  }

  /** A restarted Redis has lost the script. */
  async function load(error: unknown): Promise<void> {
    if (!String(error).includes('NOSCRIPT')) throw error
    await client.scriptLoad(SCRIPT)
  }

  async function answer(operation: string, args: object) {
    const first = call(operation, args)
    const text = await first.catch((error) => load(error).then(() => call(operation, args)))
    const { at, ...result } = JSON.parse(String(text))
    offset = Number(at) - performance.now()
    if (result.late) throw unreachable('its clock moved')
    return result
  }

  return async (operation, args = {}) => {
    try {
      return await within(answer(operation, args), OPERATION_LIMIT, silent)
    } catch (error) {
      const failure = toStoreError(error)
      if (failure.message === silent().message) onFailed(failure)
      throw failure
    }
  }
}

const silent = () => unreachable(`no answer within ${OPERATION_LIMIT / 1000} s`)
