import { createHmac, randomBytes } from 'node:crypto'
import type { SentRequest } from '../http.js'
import { LITERALS } from '../promises.js'

/** The names of the tokens in the promises. */
type TokenName = 'accessToken' | 'refreshToken' | 'expiredAccessToken' | 'expiredRefreshToken'

/**
 * The tokens of one run. Clients get tokens of the documented shape and lifetime, since some of them
 * look inside. The pact has literals in their place, which never change.
 */
export interface WireTokens {
  /** The tokens that the client is given. */
  given: Readonly<Record<TokenName, string>>
  /** The body of a reply with a new token in place of each literal. */
  issue(body: string): string
  /** A request with literals in place of the tokens of this run. */
  toLiterals(request: SentRequest): SentRequest
}

/** Seconds from now until a token expires: the documented lifetimes, and those of a token of last week. */
const EXPIRES_IN: Readonly<Record<TokenName, number>> = {
  accessToken: 3600,
  refreshToken: 86_400,
  expiredAccessToken: 3600 - 604_800,
  expiredRefreshToken: 86_400 - 604_800,
}

const NAMES = Object.keys(EXPIRES_IN) as TokenName[]

const HEADER = encode({ typ: 'JWT', alg: 'HS256' })

/** Finds every token with our header, also where it has other characters before it. */
const TOKEN = new RegExp(`${HEADER}\\.[\\w-]+\\.[\\w-]+`, 'g')

/**
 * Creates the tokens of one run.
 *
 * @param key Signs the tokens. @default a random key
 */
export function createWireTokens(
  now: () => number = Date.now,
  key: string | Uint8Array = randomBytes(32),
): WireTokens {
  const literalOf = new Map<string, string>()

  function create(name: TokenName, time = now()): string {
    const claims = {
      token_type: /access/i.test(name) ? 'access' : 'refresh',
      exp: Math.floor(time / 1000) + EXPIRES_IN[name],
      jti: randomBytes(16).toString('hex'),
      user_id: 1,
      company_id: Number(LITERALS.organizationId),
      type: 'public',
    }
    const signed = `${HEADER}.${encode(claims)}`
    const token = `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
    literalOf.set(token, LITERALS[name])
    return token
  }

  const toLiterals = (text: string) => text.replace(TOKEN, (token) => literalOf.get(token) ?? token)
  return {
    given: {
      accessToken: create('accessToken'),
      refreshToken: create('refreshToken'),
      expiredAccessToken: create('expiredAccessToken'),
      expiredRefreshToken: create('expiredRefreshToken'),
    },
    issue(body) {
      // All tokens of a reply are of the same instant: their lifetimes are compared.
      const time = now()
      return NAMES.reduce(
        (text, name) => text.replaceAll(LITERALS[name], () => create(name, time)),
        body,
      )
    },
    toLiterals: ({ method, path, query, headers, body }) => ({
      method,
      path: toLiterals(path),
      query: toLiterals(query),
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, toLiterals(value)]),
      ),
      body: toLiterals(body),
    }),
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
