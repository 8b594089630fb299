import type { HeaderLookup } from './api.js'
import type { Provider } from './call.js'
import type { Claims } from './claims.js'
import { splitWords } from './python/text.js'
import { type Answer, refuse } from './refusals.js'
import { isActive, type Organization, type User } from './state/users.js'

/** Who an accepted `Authorization` header stands for. */
export interface Bearer {
  /** Nobody in particular with a static API token. */
  user?: User
  /** Of the `company_id` claim of the access token. */
  organization?: Organization
}

/** What a guard looks at. */
export interface BearerRequest {
  headers: HeaderLookup
  query: ReadonlyMap<string, string>
}

export type Authentication =
  | { bearer: Bearer; refusal?: never }
  | { refusal: Answer; bearer?: never }

/**
 * Decides who calls a protected endpoint: by `Authorization: Bearer`, with an access token or one of
 * ZapSign's static API tokens, or by the legacy query `?api_token=`.
 */
export async function authenticate(
  provider: Provider,
  { headers, query }: BearerRequest,
): Promise<Authentication> {
  const { apiTokens } = provider.settings
  if (apiTokens.includes(query.get('api_token') ?? '')) return { bearer: {} }

  const [scheme, token, ...rest] = splitWords(headers.get('authorization') ?? '')
  if (scheme !== 'Bearer') return { refusal: refuse('notAuthenticated') }
  if (token === undefined || rest.length > 0) return { refusal: refuse('badAuthorizationHeader') }
  if (apiTokens.includes(token)) return { bearer: {} }

  const { claims, fault } = await provider.tokens.read(token, 'access')
  if (!claims) return { refusal: refuse('tokenNotValid', fault) }
  return identify(provider, claims)
}

function identify({ users }: Provider, claims: Claims): Authentication {
  if (!('user_id' in claims)) return { refusal: refuse('userNotRecognizable') }
  const user = users.find(({ id }) => String(id) === String(claims['user_id']))
  if (!user) return { refusal: refuse('userNotFound') }
  if (!isActive(user)) return { refusal: refuse('userInactive') }
  return { bearer: { user, organization: { id: String(claims['company_id']) } } }
}
