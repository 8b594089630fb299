import * as v from 'valibot'
import { answer } from './answer.js'
import { type ApiReply, type ApiRequest, assertApiRequest } from './api.js'
import { BRAND } from './brand.js'
import type { CallNotes, Provider } from './call.js'
import { failed } from './failed.js'
import { isRequestLike, toApiRequest, toResponse } from './fetch.js'
import { createGuard, type Guard } from './guard.js'
import { show } from './misuse.js'
import { organizationId } from './option-schemas.js'
import { resolveOptions, type ZapSignOptions } from './options.js'
import { createRecorder } from './recorder.js'
import { toReply } from './reply.js'
import { createWithhold } from './secrets.js'
import { type Clock, createClock } from './state/clock.js'
import { createJournal, type Journal } from './state/journal.js'
import { createLoginLimit } from './state/login-limit.js'
import { createOutcomes, type Outcomes } from './state/outcomes.js'
import { createTokenIds } from './state/token-ids.js'
import { belongsTo, copyUsers, numberUsers, organizationFor, type User } from './state/users.js'
import { createTokens, type TokenPair } from './tokens.js'
import { objectOf, validate } from './validate.js'
import { VERSION } from './version.js'

/** ZapSign, as an object in memory. Two of them share nothing. */
export interface ZapSign {
  /**
   * Answers a request given as plain data. Every request gets a reply; only what is no
   * {@link ApiRequest} is refused, with a `TypeError`.
   */
  reply(request: ApiRequest): Promise<ApiReply>
  /**
   * Answers a web-standard request. Where the connection is to break, it rejects as `fetch` does.
   *
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
  fetch(request: Request | URL | string, init?: RequestInit): Promise<Response>
  /** The provider's clock, which signs tokens, checks them and ages the login limit. */
  readonly time: Clock
  /** Outcomes to force on requests to come. */
  readonly outcomes: Outcomes
  /** What was asked and answered. */
  readonly journal: Journal
  /** Those who can sign in. Change, add or remove them at will; `reset` brings the first ones back. */
  readonly users: User[]
  /**
   * A token pair without a login: for the named user (the first, when none is named) and one of
   * their organizations. Rejects with a `RangeError` for an unknown user, or an organization that is
   * none of the user's.
   */
  issueTokenPair(
    username?: string,
    options?: { organization?: string | number },
  ): Promise<TokenPair>
  /**
   * Guards a reply of the user's own as the provider guards its pages: `respond` is called for
   * whoever is let in, anybody else gets the provider's refusal.
   */
  readonly guard: Guard
  /** Clears journal, login limit, outcomes and time; users and token ids are as at creation. */
  reset(): void
  /** The version of zapsign-mock that made this object. */
  readonly [BRAND]: string
}

/**
 * Makes a provider. Throws a `TypeError` or a `RangeError` that names the option, the value and what
 * is accepted.
 *
 * @example
 * import { createZapSign } from 'zapsign-mock'
 *
 * const zapsign = createZapSign({ accessLifetime: '5m', loginLimit: { attempts: 3 } })
 * const { access } = await zapsign.issueTokenPair()
 */
export function createZapSign(options?: ZapSignOptions): ZapSign {
  const settings = resolveOptions(options)
  const time = createClock(settings.now)
  const journal = createJournal(settings.journalSize)
  const outcomes = createOutcomes()
  const loginLimit = createLoginLimit(settings.loginLimit, time.now)
  const tokenIds = createTokenIds(settings.seed)
  const tokens = createTokens(settings, time, tokenIds)
  const users = copyUsers(settings.users)
  const provider: Provider = { settings, users, time, tokens, loginLimit, outcomes }
  const startRecord = createRecorder(journal, time, {
    warnings: settings.warnings,
    withhold: createWithhold(settings.apiTokens),
  })

  async function reply(request: ApiRequest): Promise<ApiReply> {
    assertApiRequest(request)
    const endRecord = startRecord(request)
    const notes: CallNotes = {}
    const found = await answer(provider, request, notes).catch(failed)
    const sent = toReply(found, { method: request.method, settings })
    endRecord(found, sent.status, notes)
    return sent
  }

  return {
    [BRAND]: VERSION,
    time,
    outcomes,
    journal,
    // Without a setter: a list put in its place would be nobody's.
    get users() {
      return users
    },
    reply,
    async fetch(input, init) {
      const request = !init && isRequestLike(input) ? input : new Request(input, init)
      // node-fetch's requests may have none.
      const signal = request.signal ?? new AbortController().signal
      signal.throwIfAborted()
      return toResponse(await reply(await toApiRequest(request)), signal)
    },
    guard: createGuard(provider, startRecord),
    async issueTokenPair(username, options = {}) {
      numberUsers(users)
      const { organization } = validate(issueSchema, options)
      const user =
        username === undefined ? users[0] : users.find((one) => one.username === username)
      if (!user) {
        const known = users.map((one) => one.username).join(', ')
        throw new RangeError(`No user ${show(username)}: the users are ${known || 'none'}`)
      }
      if (organization !== undefined && !belongsTo(user, organization, settings.organizations))
        throw new RangeError(
          `${user.username} cannot sign in to organization ${show(organization)}`,
        )
      return tokens.issuePair(user, organization ?? organizationFor(user, settings.organizations))
    },
    reset() {
      journal.clear()
      loginLimit.clear()
      outcomes.clear()
      time.reset()
      tokenIds.restart()
      users.splice(0, users.length, ...copyUsers(settings.users))
    },
  }
}

const issueSchema = objectOf({ organization: v.optional(organizationId) })
