import type { ExtraClaims } from './claims.js'
import type { Duration } from './duration.js'
import type { Language } from './framework/messages.js'
import type { Instant } from './state/clock.js'
import type { FaultRate } from './state/faults.js'

/** A user who can sign in, as options give it: only `username` and `password` are required. */
export interface UserOptions {
  /** The `user_id` claim: a whole number from 1 upwards. @default the lowest free id */
  id?: number | undefined
  /** The e-mail address, which is ZapSign's user name. Must not be empty or start or end with white space. */
  username: string
  /** Must not be empty or start or end with white space: the provider trims passwords too. */
  password: string
  /** The login of an inactive user is refused like wrong credentials. @default true */
  active?: boolean | undefined
  /** The organizations that the user may sign in to. @default any organization */
  organizations?: readonly (string | number)[] | undefined
  /** As `GET /api/v1/users/` shows it. @default the empty text */
  firstName?: string | undefined
  /** As `GET /api/v1/users/` shows it. @default the empty text */
  lastName?: string | undefined
}

/** When logins are refused as too many. ZapSign publishes no figures; these are the mock's. */
export interface LoginLimitOptions {
  /** The number of logins that are allowed within one window: 1 to 1,000,000. @default 5 */
  attempts?: number | undefined
  /** How long a login counts. @default '60s' */
  window?: Duration | undefined
  /** Which logins count: those with wrong credentials, or all. @default 'failures' */
  count?: 'failures' | 'all' | undefined
  /** Whose logins are counted together. @default 'username-in-organization' */
  key?: 'username-in-organization' | 'username' | 'organization' | undefined
  /** Whether a successful login clears the failures before it. @default true */
  clearedBySuccess?: boolean | undefined
}

/** The options of a provider. Every option has a default. */
export interface ZapSignOptions {
  /** The users who can sign in. @default the user of the documentation's example, `DEMO_USER` */
  users?: readonly UserOptions[] | undefined
  /** The organizations that exist. @default any organization exists */
  organizations?: readonly { id: string | number }[] | undefined
  /** The secret that signs tokens (HS256), as UTF-8. @default DEFAULT_SIGNING_KEY */
  signingKey?: string | undefined
  /** Lifetime of an access token, 1 second to 36,500 days ("Get access token", ZapSign docs: 1 h). @default '1h' */
  accessLifetime?: Duration | undefined
  /** Lifetime of a refresh token, 1 second to 36,500 days ("Get access token", ZapSign docs: 24 h). @default '1d' */
  refreshLifetime?: Duration | undefined
  /** Claims to add after the documented ones. ZapSign's tokens have no others, not even `iat`. @default no extra claims */
  claims?: ExtraClaims | undefined
  /** When further logins are refused; `false` turns the limit off. @default 5 failures within 60 s */
  loginLimit?: false | LoginLimitOptions | undefined
  /** The status of a protected endpoint for an invalid JWT, 401 or 403. ZapSign's pages show both. @default 401 */
  unauthorizedStatus?: 401 | 403 | undefined
  /** The language of validation messages. @default 'en' */
  language?: Language | undefined
  /** ZapSign's static API tokens, which protected endpoints accept besides access tokens. @default [] */
  apiTokens?: readonly string[] | undefined
  /** The current time. A function is called whenever the time is read; any other value stops the clock. @default the system clock */
  now?: Instant | (() => Instant) | undefined
  /** Makes the `jti` claims repeatable. @default random ids */
  seed?: number | string | undefined
  /** Whether to print hints with `console.warn`, each kind once. @default true */
  warnings?: boolean | undefined
  /** The number of journal entries that are kept. @default 1000 */
  journalSize?: number | undefined
  /**
   * The share of requests that fail at random, by outcome: `{ connectionReset: 0.01 }`. The `seed` makes
   * them repeatable. Only outcomes that can answer any request are allowed. The sum is at most 1.
   *
   * @default no request fails
   */
  faultRate?: FaultRate | undefined
}
