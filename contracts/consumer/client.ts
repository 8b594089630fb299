/** A client under test. Each method gets everything that it needs, and resolves to what it understood. */
export interface Client {
  /** Signs in with `POST /api/v1/auth/token/{organizationId}/`. */
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
  /** Sends `POST /api/v1/auth/token-refresh/` with the refresh token. */
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
