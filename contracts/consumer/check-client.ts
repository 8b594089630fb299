import { checkPactPlace, savePact } from '../pact/save-pact.js'
import { LITERALS, PROMISE_NAMES, type PromiseName } from '../promises.js'
import { redact } from '../redact.js'
import { broken, type PromiseResult } from '../results.js'
import { type CheckClientOptions, withDefaults } from './check-options.js'
import { faultsOf } from './recorded.js'
import { type RecordingServer, withRecordingServer } from './recording-server.js'

/** A client under test. Each call is given all that it needs; what it resolves to says what it understood. */
export interface Client {
  obtainToken(call: {
    baseUrl: string
    organizationId: string
    username: string
    password: string
  }): Promise<
    | { kind: 'authenticated'; access: string; refresh: string }
    | { kind: 'invalidCredentials' }
    | { kind: 'rateLimited' }
  >
  refresh?(call: {
    baseUrl: string
    refresh: string
  }): Promise<{ kind: 'refreshed'; access: string } | { kind: 'refreshRefused' }>
  /** Sends `GET /api/v1/docs/?page=1` with the access token. */
  callProtected?(call: {
    baseUrl: string
    access: string
  }): Promise<{ kind: 'authorized' } | { kind: 'expired' }>
}

/** What became of each promise. */
export interface ClientReport {
  consumer: string
  kept: boolean
  promises: PromiseResult[]
  /** The pact, which is written when all promises were kept. */
  pactFile?: string
}

const { organizationId, username, password, wrongPassword, blockedUsername } = LITERALS

interface Exercise {
  method: keyof Client
  call(client: Required<Client>, baseUrl: string): Promise<unknown>
  /** What a client must make of the reply. */
  understood: Readonly<Record<string, string>>
}

const EXERCISES: Readonly<Record<PromiseName, Exercise>> = {
  authenticated: {
    method: 'obtainToken',
    call: (client, baseUrl) => client.obtainToken({ baseUrl, organizationId, username, password }),
    understood: {
      kind: 'authenticated',
      access: LITERALS.accessToken,
      refresh: LITERALS.refreshToken,
    },
  },
  invalidCredentials: {
    method: 'obtainToken',
    call: (client, baseUrl) =>
      client.obtainToken({ baseUrl, organizationId, username, password: wrongPassword }),
    understood: { kind: 'invalidCredentials' },
  },
  rateLimited: {
    method: 'obtainToken',
    call: (client, baseUrl) =>
      client.obtainToken({ baseUrl, organizationId, username: blockedUsername, password }),
    understood: { kind: 'rateLimited' },
  },
  refreshed: {
    method: 'refresh',
    call: (client, baseUrl) => client.refresh({ baseUrl, refresh: LITERALS.refreshToken }),
    understood: { kind: 'refreshed', access: LITERALS.accessToken },
  },
  refreshRefused: {
    method: 'refresh',
    call: (client, baseUrl) => client.refresh({ baseUrl, refresh: LITERALS.expiredRefreshToken }),
    understood: { kind: 'refreshRefused' },
  },
  authorized: {
    method: 'callProtected',
    call: (client, baseUrl) => client.callProtected({ baseUrl, access: LITERALS.accessToken }),
    understood: { kind: 'authorized' },
  },
  expired: {
    method: 'callProtected',
    call: (client, baseUrl) =>
      client.callProtected({ baseUrl, access: LITERALS.expiredAccessToken }),
    understood: { kind: 'expired' },
  },
}

const KINDS = Object.values(EXERCISES).map(({ understood }) => understood['kind'])

/**
 * Runs a JavaScript client against a Pact mock server, promise by promise: the request must be the
 * specified one, sent once, and the reply must be understood. Writes `<consumer>-ZapSign.json` when
 * every promise is kept. Throws for misuse a `TypeError`, a `RangeError` or, where no pact could be
 * written, a `PactFileError`, all before the client is run; and a `PactMissingError` without Pact.
 *
 * @example
 * import { checkClient } from 'zapsign-mock/contracts'
 *
 * const { kept, promises } = await checkClient(client, { consumer: 'billing', dir: 'pacts' })
 */
export async function checkClient(
  client: Client,
  options: CheckClientOptions,
): Promise<ClientReport> {
  const plan = planOf(client, options)
  const { consumer, dir, names } = plan
  const results: PromiseResult[] = []
  // One after the other, as Pact asks for.
  for (const name of names) results.push(await checkPromise(name, plan))
  const kept = results.every(({ result }) => result === 'kept')
  const report = { consumer, kept, promises: results }
  return kept ? { ...report, pactFile: savePact({ dir, ...report }) } : report
}

/** What is to be checked, once all that a user can get wrong about it is right. */
export interface Plan {
  client: Client
  consumer: string
  dir: string
  names: PromiseName[]
  timeout: number
}

/** Throws a `TypeError`, a `RangeError` or a `PactFileError`. */
export function planOf(client: Client, options: CheckClientOptions): Plan {
  const { consumer, dir, timeout, promises } = withDefaults(options)
  const names = promisesFor(client, promises)
  checkPactPlace({ dir, consumer })
  return { client, consumer, dir, names, timeout }
}

/** The promises that a client can be asked to keep. Throws a `TypeError` or a `RangeError`. */
function promisesFor(client: Client, asked?: readonly PromiseName[]): PromiseName[] {
  if (typeof client?.obtainToken !== 'function') {
    throw new TypeError(
      'A client must have a method obtainToken({ baseUrl, organizationId, username, password })',
    )
  }
  for (const method of ['refresh', 'callProtected'] as const) {
    if (client[method] === undefined || typeof client[method] === 'function') continue
    throw new TypeError(`A client's ${method} must be a method, or left out`)
  }
  const hasMethod = (name: PromiseName) => client[EXERCISES[name].method] !== undefined
  if (!asked) return PROMISE_NAMES.filter(hasMethod)
  for (const name of asked) {
    if (hasMethod(name)) continue
    throw new TypeError(
      `The promise ${name} needs a client with the method ${EXERCISES[name].method}`,
    )
  }
  return PROMISE_NAMES.filter((name) => asked.includes(name))
}

/** Runs a client against a mock server with one promise on it. */
export async function checkPromise(
  name: PromiseName,
  { client, timeout }: Pick<Plan, 'client' | 'timeout'>,
): Promise<PromiseResult> {
  return withRecordingServer([name], async ({ url, recorded, refused }) => {
    const { call, understood } = EXERCISES[name]
    const settled = await settle(async () => call(client as Required<Client>, url), timeout)
    return (
      judgeRequests(name, { recorded, refused }, settled) ??
      judgeUnderstanding(name, recorded.length, settled, understood)
    )
  })
}

type Settled = { value: unknown } | { error: string }

async function settle(call: () => Promise<unknown>, timeout: number): Promise<Settled> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Settled>((resolve) => {
    timer = setTimeout(() => resolve({ error: `did not settle within ${timeout} ms` }), timeout)
  })
  const settled = call().then(
    (value) => ({ value }),
    (error: unknown) => ({ error: `threw ${describe(error)}` }),
  )
  const first = await Promise.race([settled, late])
  clearTimeout(timer)
  return first
}

const SHOWN_LENGTH = 200

/** A client's own words may hold anything; what the language says of a slip helps to find it. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const isSlip = [TypeError, ReferenceError, RangeError].some((kind) => error instanceof kind)
  if (!isSlip) return error.name
  const said = redact(error.message, [password, wrongPassword]).replace(/\s+/g, ' ')
  return `${error.name}: ${said}`.slice(0, SHOWN_LENGTH)
}

/** What the requests alone show to be wrong. */
function judgeRequests(
  name: PromiseName,
  { recorded, refused }: Pick<RecordingServer, 'recorded' | 'refused'>,
  settled: Settled,
): PromiseResult | undefined {
  const requests = recorded.length + refused.length
  if (requests === 0) {
    const nearMiss = 'error' in settled && `The client ${settled.error}, and sent nothing.`
    return { name, result: 'neverExercised', requests, ...(nearMiss && { nearMiss }) }
  }
  const wrong = recorded.find(({ isMatched }) => !isMatched)
  if (wrong) return broken(name, requests, faultsOf(wrong, name))
  if (refused.length > 0) {
    const found = refused.map(({ why }) => ({
      mismatch: 'no request could be read',
      nearMiss: why,
    }))
    return broken(name, requests, found.slice(0, 1))
  }
  if (requests === 1) return undefined
  const nearMiss = `The request was sent ${requests} times: once is enough, and a refusal is not retried.`
  return broken(name, requests, [{ mismatch: `requests: expected 1, got ${requests}`, nearMiss }])
}

function judgeUnderstanding(
  name: PromiseName,
  requests: number,
  settled: Settled,
  understood: Exercise['understood'],
): PromiseResult {
  const expected = `{ kind: '${understood['kind']}' }`
  if ('error' in settled) {
    const nearMiss = `The request is right, but the client ${settled.error} instead of resolving to ${expected}.`
    return broken(name, requests, [
      { mismatch: `reply: expected ${expected}, the client ${settled.error}`, nearMiss },
    ])
  }
  const got = (settled.value ?? {}) as Record<string, unknown>
  const wrong = Object.keys(understood).find((key) => got[key] !== understood[key])
  if (!wrong) return { name, result: 'kept', requests }
  // Kinds are words of this interface; anything else may be a token.
  const isWord = wrong === 'kind' && KINDS.some((kind) => kind === got['kind'])
  const shown = isWord ? `'${got['kind']}'` : 'something else'
  const nearMiss =
    wrong === 'kind'
      ? `The reply was taken for ${shown}, it is '${understood['kind']}'.`
      : `\`${wrong}\` is not the \`${wrong}\` of the reply.`
  return broken(name, requests, [
    { mismatch: `${wrong}: expected the reply's, got ${shown}`, nearMiss },
  ])
}
