import { LITERALS, type PromiseName } from '../promises.js'
import type { Client } from './client.js'
import type { WireTokens } from './wire-tokens.js'

const { organizationId, username, password, wrongPassword, blockedUsername } = LITERALS

/** What a client is given for one call. */
interface Given {
  baseUrl: string
  tokens: WireTokens['given']
}

/** How a client is called for a promise. */
export interface Exercise {
  method: keyof Client
  call(client: Required<Client>, given: Given): Promise<unknown>
  /** The keys of the result that hold tokens of the reply. The key `kind` holds the promise's name. */
  tokens: readonly ('access' | 'refresh')[]
}

/** The calls that exercise the promises. */
export const EXERCISES: Readonly<Record<PromiseName, Exercise>> = {
  authenticated: {
    method: 'obtainToken',
    call: (client, { baseUrl }) =>
      client.obtainToken({ baseUrl, organizationId, username, password }),
    tokens: ['access', 'refresh'],
  },
  invalidCredentials: {
    method: 'obtainToken',
    call: (client, { baseUrl }) =>
      client.obtainToken({ baseUrl, organizationId, username, password: wrongPassword }),
    tokens: [],
  },
  rateLimited: {
    method: 'obtainToken',
    call: (client, { baseUrl }) =>
      client.obtainToken({ baseUrl, organizationId, username: blockedUsername, password }),
    tokens: [],
  },
  refreshed: {
    method: 'refresh',
    call: (client, { baseUrl, tokens }) =>
      client.refresh({ baseUrl, refresh: tokens.refreshToken }),
    tokens: ['access'],
  },
  refreshRefused: {
    method: 'refresh',
    call: (client, { baseUrl, tokens }) =>
      client.refresh({ baseUrl, refresh: tokens.expiredRefreshToken }),
    tokens: [],
  },
  authorized: {
    method: 'callProtected',
    call: (client, { baseUrl, tokens }) =>
      client.callProtected({ baseUrl, access: tokens.accessToken }),
    tokens: [],
  },
  expired: {
    method: 'callProtected',
    call: (client, { baseUrl, tokens }) =>
      client.callProtected({ baseUrl, access: tokens.expiredAccessToken }),
    tokens: [],
  },
}
