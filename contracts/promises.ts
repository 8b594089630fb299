import type { Shape, Template } from './shapes.js'

/** An exchange that ZapSign documents: the request of a client, and the reply of the provider. */
export interface SpecifiedExchange {
  description: string
  /** Where ZapSign documents it. */
  documentation: string
  /** The state of the provider before the request, and its parameters: the cause of the reply, never the reply. */
  state: { name: string; parameters: Readonly<Record<string, string>> }
  request: {
    method: 'GET' | 'POST'
    path: string
    query?: Readonly<Record<string, string>>
    headers: Readonly<Record<string, string | Shape>>
    body?: Readonly<Record<string, string>>
  }
  reply: {
    status: number
    /** Other statuses in ZapSign's pages for the same case. Then only the status is promised. */
    alsoStatus?: readonly number[]
    headers: Readonly<Record<string, string | Shape>>
    body?: Readonly<Record<string, Template>>
  }
}

/** The values in pacts: placeholders of the documentation, and tokens that are evidently fake. */
export const LITERALS = {
  organizationId: '11111',
  username: 'dev@example.com.br',
  password: 'StrongPassword123',
  wrongPassword: 'WrongPassword123',
  blockedUsername: 'blocked@example.com.br',
  refreshToken:
    'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCIsImV4cCI6NDEwMjQ0NDgwMCwianRpIjoiMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDEiLCJ1c2VyX2lkIjoxLCJjb21wYW55X2lkIjoxMTExMSwidHlwZSI6InB1YmxpYyJ9.not-a-signature-only-the-shape-of-one-000000',
  accessToken:
    'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjo0MTAyNDQ0ODAwLCJqdGkiOiIwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMiIsInVzZXJfaWQiOjEsImNvbXBhbnlfaWQiOjExMTExLCJ0eXBlIjoicHVibGljIn0.not-a-signature-only-the-shape-of-one-000000',
  expiredRefreshToken:
    'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCIsImV4cCI6OTQ2Njg0ODAwLCJqdGkiOiIwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMyIsInVzZXJfaWQiOjEsImNvbXBhbnlfaWQiOjExMTExLCJ0eXBlIjoicHVibGljIn0.not-a-signature-only-the-shape-of-one-000000',
  expiredAccessToken:
    'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjo5NDY2ODQ4MDAsImp0aSI6IjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA0IiwidXNlcl9pZCI6MSwiY29tcGFueV9pZCI6MTExMTEsInR5cGUiOiJwdWJsaWMifQ.not-a-signature-only-the-shape-of-one-000000',
} as const

const { organizationId, username, password, wrongPassword, blockedUsername } = LITERALS

const JSON_TYPE: Shape = { shape: 'json', example: 'application/json' }
const JSON_HEADERS = { 'Content-Type': JSON_TYPE }

/**
 * The specified exchanges, written out. Nothing here is computed from the mock, because they judge the
 * mock. They are verified in this order, except `rateLimited`, which comes last.
 */
export const promises = {
  authenticated: {
    description: 'a login with the right credentials',
    documentation: '"Get access token", ZapSign docs: 200',
    state: { name: 'the user can sign in', parameters: { organizationId, username, password } },
    request: {
      method: 'POST',
      path: '/api/v1/auth/token/11111/',
      headers: JSON_HEADERS,
      body: { username: 'dev@example.com.br', password: 'StrongPassword123' },
    },
    reply: {
      status: 200,
      headers: JSON_HEADERS,
      body: {
        refresh: { shape: 'jwt', example: LITERALS.refreshToken },
        access: { shape: 'jwt', example: LITERALS.accessToken },
      },
    },
  },

  invalidCredentials: {
    description: 'a login with a wrong password',
    documentation: '"Get access token", ZapSign docs: 401',
    state: {
      name: 'the user can sign in',
      parameters: { organizationId, username, wrongPassword },
    },
    request: {
      method: 'POST',
      path: '/api/v1/auth/token/11111/',
      headers: JSON_HEADERS,
      body: { username: 'dev@example.com.br', password: 'WrongPassword123' },
    },
    reply: {
      status: 401,
      headers: JSON_HEADERS,
      body: { detail: 'No active account found with the given credentials' },
    },
  },

  rateLimited: {
    description: 'a login when attempts are exceeded',
    documentation: '"Get access token", ZapSign docs: 400',
    state: {
      name: 'login attempts are exceeded',
      parameters: { organizationId, blockedUsername, password },
    },
    request: {
      method: 'POST',
      path: '/api/v1/auth/token/11111/',
      headers: JSON_HEADERS,
      body: { username: 'blocked@example.com.br', password: 'StrongPassword123' },
    },
    reply: {
      status: 400,
      headers: JSON_HEADERS,
      body: { message: 'Rate limit exceeded' },
    },
  },

  refreshed: {
    description: 'a refresh with a valid refresh token',
    documentation: '"Refresh your access token", ZapSign docs: 200',
    state: {
      name: 'the refresh token is valid',
      parameters: { refreshToken: LITERALS.refreshToken },
    },
    request: {
      method: 'POST',
      path: '/api/v1/auth/token-refresh/',
      headers: JSON_HEADERS,
      body: { refresh: LITERALS.refreshToken },
    },
    reply: {
      status: 200,
      headers: JSON_HEADERS,
      body: { access: { shape: 'jwt', example: LITERALS.accessToken } },
    },
  },

  refreshRefused: {
    description: 'a refresh with an expired refresh token',
    documentation: '"Refresh your access token", ZapSign docs: 401',
    state: {
      name: 'the refresh token has expired',
      parameters: { expiredRefreshToken: LITERALS.expiredRefreshToken },
    },
    request: {
      method: 'POST',
      path: '/api/v1/auth/token-refresh/',
      headers: JSON_HEADERS,
      body: { refresh: LITERALS.expiredRefreshToken },
    },
    reply: {
      status: 401,
      headers: JSON_HEADERS,
      body: { detail: 'Token is invalid or expired', code: 'token_not_valid' },
    },
  },

  authorized: {
    description: 'a protected call with a valid access token',
    documentation: '"List documents", ZapSign docs: 200',
    state: { name: 'the access token is valid', parameters: { accessToken: LITERALS.accessToken } },
    request: {
      method: 'GET',
      path: '/api/v1/docs/',
      query: { page: '1' },
      headers: { Authorization: `Bearer ${LITERALS.accessToken}` },
    },
    reply: {
      status: 200,
      headers: JSON_HEADERS,
      body: { count: { shape: 'count', example: 0 }, results: { shape: 'list', example: [] } },
    },
  },

  expired: {
    description: 'a protected call with an expired access token',
    // Some pages say 401, others 403. No page shows a body.
    documentation: '"Get access token" and "Status Code", ZapSign docs: 401 or 403',
    state: {
      name: 'the access token has expired',
      parameters: { expiredAccessToken: LITERALS.expiredAccessToken },
    },
    request: {
      method: 'GET',
      path: '/api/v1/docs/',
      query: { page: '1' },
      headers: { Authorization: `Bearer ${LITERALS.expiredAccessToken}` },
    },
    reply: { status: 401, alsoStatus: [403], headers: {} },
  },
} as const satisfies Record<string, SpecifiedExchange>

/** The name of a promise. */
export type PromiseName = keyof typeof promises

/** The names of the promises in their order. */
export const PROMISE_NAMES = Object.keys(promises) as PromiseName[]

/** The promises about obtaining tokens, which every client uses. */
export const OBTAIN_PROMISES = ['authenticated', 'invalidCredentials', 'rateLimited'] as const
