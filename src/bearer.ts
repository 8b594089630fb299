import { type Answer, refuse } from './answer.js'
import type { HeaderLookup } from './api.js'
import type { Claims } from './claims.js'
import type { Context } from './context.js'
import { toInteger } from './framework/claim-times.js'
import { PyCrash } from './python/crash.js'
import { splitWords } from './python/text.js'
import type { Organization, User } from './state/users.js'

/** The caller that an accepted `Authorization` header identifies. */
export interface Bearer {
  /** Missing with a static API token, which belongs to no user. */
  user?: Omit<User, 'password'>
  /** The `company_id` claim of the access token. */
  organization?: Organization
}

/** What authentication reads of a request. */
export interface Credentials {
  headers: HeaderLookup
  query: ReadonlyMap<string, string>
  /** Milliseconds since 1970. */
  now: number
}

export type Authentication =
  | { bearer: Bearer; refusal?: never }
  | { refusal: Answer; bearer?: never }

/**
 * Finds the caller of a protected endpoint: by `Authorization: Bearer` with an access token or one of
 * ZapSign's static API tokens, or by the legacy query `?api_token=`.
 *
 * 401 goes with a JWT; 403 goes with a static API token, and with no credentials at all ("Authentication
 * with a static token", ZapSign docs).
 */
export async function authenticate(
  context: Context,
  { headers, query, now }: Credentials,
): Promise<Authentication> {
  const { apiTokens } = context.settings
  const queryToken = query.get('api_token')
  if (queryToken && apiTokens.includes(queryToken)) return { bearer: {} }

  const [scheme, token, ...rest] = splitWords(headers.get('authorization') ?? '')
  if (scheme !== 'Bearer')
    return { refusal: refuse(queryToken ? 'apiTokenNotFound' : 'notAuthenticated') }
  if (token === undefined || rest.length > 0) return { refusal: refuse('badAuthorizationHeader') }
  if (apiTokens.includes(token)) return { bearer: {} }
  if (!token.includes('.')) return { refusal: refuse('apiTokenNotFound') }

  const { claims, fault, crashed } = await context.tokens.read(token, 'access', now)
  if (crashed) return { refusal: refuse('crashed') }
  if (!claims) return { refusal: refuse('tokenNotValid', fault) }
  return identify(context, claims)
}

async function identify({ store }: Context, claims: Claims): Promise<Authentication> {
  if (!('user_id' in claims)) return { refusal: refuse('userNotRecognizable') }
  const id = userIdOf(claims['user_id'])
  if (id === undefined) return { refusal: refuse('crashed') }
  const found = await store.findUserById(id)
  if (!found) return { refusal: refuse('userNotFound') }
  if (!found.active) return { refusal: refuse('userInactive') }
  const { password, ...user } = found
  return { bearer: { user, organization: { id: String(claims['company_id']) } } }
}

/** The largest id of Django's automatic keys. */
const LARGEST_ID = 2 ** 63

/** A `user_id` as Django looks it up, with Python's `int()`; `undefined` where that crashes. */
function userIdOf(claim: unknown): string | undefined {
  if (claim === null) return String(claim)
  try {
    const id = toInteger(claim)
    return id === undefined || Math.abs(id) >= LARGEST_ID ? undefined : String(id)
  } catch (error) {
    if (error instanceof PyCrash) return undefined
    throw error
  }
}
