import { type ApiReply, type ApiRequest, assertApiRequest } from './api.js'
import type { Bearer } from './bearer.js'
import { BRAND, type Internals } from './brand.js'
import { checkPairOptions } from './checks.js'
import type { Context } from './context.js'
import type { Duration } from './duration.js'
import type { Endpoint } from './endpoints/endpoint.js'
import { ENDPOINTS } from './endpoints/index.js'
import { fetchLike, isRequestLike, toApiRequest, toResponse } from './fetch.js'
import { createJournalHandle, type Journal } from './handle/journal.js'
import { createOutcomesHandle, type Outcomes } from './handle/outcomes.js'
import { createUsersHandle, type Users } from './handle/users.js'
import { createNobleSigner } from './hmac-signer.js'
import { show } from './misuse.js'
import type { ZapSignOptions } from './options.js'
import { createPipeline } from './pipeline.js'
import { createRecorder } from './recorder.js'
import { createRedact } from './secrets.js'
import { resolveOptions, type Settings } from './settings.js'
import type { Clock } from './state/clock.js'
import { createMemoryStore, type Kept } from './state/memory-store.js'
import type { Store } from './state/store.js'
import { belongsTo, organizationFor, unknownUser } from './state/users.js'
import { createTokens, type Signer, type TokenPair } from './tokens.js'
import { VERSION } from './version.js'
import { toViews } from './view.js'

/** ZapSign as an object in memory. Two such objects share no state. */
export interface ZapSign {
  /**
   * Answers a request given as plain data. Every request gets a reply.
   *
   * @throws a `TypeError` for a value that is not an {@link ApiRequest} (as a rejection)
   */
  reply(request: ApiRequest): Promise<ApiReply>
  /**
   * Answers a web-standard request.
   *
   * With a string or a URL it acts as a client: `init` counts, and redirects are followed as
   * `init.redirect` says. With a `Request` it acts as a server, for `Bun.serve`, `Deno.serve` and
   * workers: other arguments are ignored, and a redirect is the response.
   *
   * @throws as `fetch` does, if an outcome breaks the connection or the arguments are wrong (as a rejection)
   * @example
   * import { createZapSign } from 'zapsign-mock'
   *
   * const zapsign = createZapSign()
   * const response = await zapsign.fetch('https://api.zapsign.com.br/api/v1/auth/token/11111/', {
   *   method: 'POST',
   *   headers: { 'content-type': 'application/json' },
   *   body: JSON.stringify({ username: 'dev@example.com.br', password: 'StrongPassword123' }),
   * })
   * const { access, refresh } = await response.json()
   */
  fetch(input: Request | URL | string, init?: RequestInit): Promise<Response>
  /** The provider's clock: it signs tokens, checks them and ages the login limit. */
  readonly time: Clock
  /** Outcomes to force on the next requests. */
  readonly outcomes: Outcomes
  /** The requests that were answered. */
  readonly journal: Journal
  /** The users who can sign in. */
  readonly users: Users
  /**
   * Issues a token pair without a login: for the named user (by default the first) and one of their
   * organizations. A negative lifetime (`'-1s'`) gives a token that has expired.
   *
   * @throws a `RangeError` for an unknown user, an organization that the user cannot sign in to, or a
   * lifetime without a unit (as a rejection)
   * @example
   * const { access } = await zapsign.issueTokenPair('ana@example.com', { accessLifetime: '-1s' })
   */
  issueTokenPair(username?: string, options?: TokenPairOptions): Promise<TokenPair>
  /**
   * Guards a response of your own as the provider guards its endpoints: calls `respond` with an
   * accepted caller, and answers any other with the provider's error response.
   *
   * @throws what `respond` throws, or a `TypeError` for wrong arguments (as a rejection)
   */
  guard<R extends Response | undefined>(
    request: Request,
    respond: (bearer: Bearer) => R | Promise<R>,
  ): Promise<R | Response>
  /** Clears journal, login limit, outcomes and time. Users and token ids are as at creation. */
  reset(): void
  /** For the other folders of this package. */
  readonly [BRAND]: Internals
}

/** The options of `issueTokenPair`. */
export interface TokenPairOptions {
  /** The `company_id` claim. @default the user's first organization, or the documented example */
  organization?: string | number | undefined
  /** Such as `'30s'`; a negative one for a token that has expired. @default the provider's lifetime */
  accessLifetime?: Duration | undefined
  /** Such as `'1d'`; a negative one for a token that has expired. @default the provider's lifetime */
  refreshLifetime?: Duration | undefined
}

/** Parts of a provider that can be replaced. */
export interface Parts {
  /** @default the documented endpoints */
  endpoints?: readonly Endpoint[]
  /** @default @noble/hashes, and jose for tokens of other programs */
  createSigner?(secret: string): Signer
  /** The clock and the journal of an earlier provider. @default new ones */
  kept?: Kept | undefined
}

/**
 * Creates a provider.
 *
 * @throws a `TypeError` or a `RangeError` that names the option, the value and what is accepted
 * @example
 * import { createZapSign } from 'zapsign-mock'
 *
 * const zapsign = createZapSign({ accessLifetime: '5m', loginLimit: { attempts: 3 } })
 * const { access } = await zapsign.issueTokenPair()
 */
export function createZapSign(options?: ZapSignOptions): ZapSign {
  return createZapSignWith(options, {})
}

/** Creates a provider of which some parts are replaced. */
export function createZapSignWith(options: ZapSignOptions | undefined, parts: Parts): ZapSign {
  const settings = resolveOptions(options)
  const store = createMemoryStore(settings, parts.kept)
  const internals = createInternals(settings, store, parts)
  const { tokens } = internals
  const context: Context = { settings, store, tokens }
  const users = createUsersHandle(store, settings)

  async function reply(request: ApiRequest): Promise<ApiReply> {
    assertApiRequest(request)
    return (await internals.respond(request)).reply
  }

  async function answer(request: Request): Promise<Response> {
    // A request of node-fetch may have no signal.
    const signal = request.signal ?? new AbortController().signal
    signal.throwIfAborted()
    return toResponse(await reply(await toApiRequest(request)), signal)
  }

  return {
    [BRAND]: { ...internals, kept: { clock: store.clock, entryLog: store.entryLog } },
    time: store.clock,
    outcomes: createOutcomesHandle(store),
    journal: createJournalHandle(store),
    // Without a setter: assigning a list would have no effect on logins.
    get users() {
      return users
    },
    reply,
    fetch: async (input, init) =>
      isRequestLike(input) ? answer(input) : fetchLike(new Request(input, init), answer),
    async guard(request, respond) {
      const { pathname: path, search } = new URL(request.url)
      const { method, headers, signal } = request
      const plain = { method, path, query: search.slice(1), headers }
      const { reply, result } = await internals.guard(plain, respond)
      return reply ? toResponse(reply, signal) : result
    },
    issueTokenPair: (username, options = {}) => issueTokenPair(context, username, options),
    reset: store.reset,
  }
}

/** A provider without the synchronous handle: its state may be in another process. */
export type Provider = Pick<ZapSign, typeof BRAND>

/** Creates a provider over the store that `createStore` resolves to. Throws as `createZapSign` does. */
export async function createProvider<S extends Store>(
  options: ZapSignOptions,
  createStore: (settings: Settings) => Promise<S>,
  parts: Parts,
): Promise<{ provider: Provider; store: S }> {
  const settings = resolveOptions(options)
  const store = await createStore(settings)
  return { provider: { [BRAND]: createInternals(settings, store, parts) }, store }
}

/** The internals of a provider over any store. */
function createInternals(
  settings: Settings,
  store: Store,
  { endpoints = ENDPOINTS, createSigner = createNobleSigner }: Parts,
): Internals {
  const signer = createSigner(settings.signingKey)
  const tokens = createTokens(settings, { signer, newIds: store.tokenIds })
  const views = toViews(endpoints)
  const record = createRecorder(store, {
    warnings: settings.warnings,
    redact: createRedact([...settings.apiTokens, settings.signingKey]),
  })
  const { reply, refuse, guard } = createPipeline({ settings, store, tokens }, views, record)
  return { version: VERSION, store, settings, tokens, views, respond: reply, refuse, guard }
}

/** Issues a token pair for a user of any store. */
export async function issueTokenPair(
  { settings, store, tokens }: Pick<Context, 'settings' | 'tokens'> & { store: Store },
  username: string | undefined,
  options: unknown,
): Promise<TokenPair> {
  const { organization, lifetimes } = checkPairOptions(options)
  const user = username === undefined ? (await store.users())[0] : await store.findUser(username)
  if (!user) {
    const known = await store.users()
    throw unknownUser(
      username,
      known.map((one) => one.username),
    )
  }
  if (organization !== undefined && !belongsTo(user, organization, settings.organizations))
    throw new RangeError(`${user.username} cannot sign in to organization ${show(organization)}`)
  const organizationId = organization ?? organizationFor(user, settings.organizations)
  return tokens.issuePair({ user, organizationId, now: await store.now(), lifetimes })
}
