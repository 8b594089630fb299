import type { ZapSign } from '../../src/index.js'

/**
 * Which versions of the consumers a broker is asked for: one of Pact's "consumer version selectors",
 * https://docs.pact.io/pact_broker/advanced_topics/consumer_version_selectors.
 */
export interface ConsumerVersionSelector {
  /** Applies to this consumer only. */
  consumer?: string
  /** The main branch of each consumer. */
  mainBranch?: true
  branch?: string
  /** The branch that is called like `providerBranch`. */
  matchingBranch?: true
  fallbackBranch?: string
  fallbackToMainBranch?: true
  deployed?: true
  released?: true
  deployedOrReleased?: true
  /** Limits `deployed` and `released` to one environment. */
  environment?: string
  tag?: string
  fallbackTag?: string
  /** Only the latest version with the `tag`. */
  latest?: boolean
}

/** The provider to verify, and the pacts to verify it against. */
export interface VerifyOptions {
  /**
   * Pact files, and URLs of pacts in a broker, such as those of a webhook. With a URL, the broker is not
   * asked for other pacts.
   * @default the reference pact, with every promise, unless there is a broker
   */
  pacts?: readonly string[]
  /** A provider in memory. It is reset before each interaction. @default a new one, unless `baseUrl` is given */
  zapsign?: ZapSign
  /** The URL of a provider: a team's own mock, ZapSign's sandbox. It needs the three options below. @default `zapsign` is verified */
  baseUrl?: string
  /** An organization id at `baseUrl`. @default required with `baseUrl` */
  organization?: string
  /** A user of the organization. @default required with `baseUrl` */
  username?: string
  /** The user's password. @default required with `baseUrl` */
  password?: string
  /**
   * A password that is wrong for the user.
   * @default 'WrongPassword123', or another where that is the password
   */
  wrongPassword?: string
  /** Headers that are added to each request to `baseUrl` that has no header of that name. @default no headers */
  headers?: Readonly<Record<string, string>>
  /**
   * Whether the login limit is checked at `baseUrl`, which locks the account.
   * @default false
   */
  includeRateLimit?: boolean
  /**
   * Where the provider at `baseUrl` sets up provider states, as with Pact's verifiers: a POST with
   * `consumer`, `state`, `params` and `action`. Values in the reply replace those in the pact.
   * @default only states that a client can cause are set up
   */
  providerStatesUrl?: string
  /**
   * The name of the provider in the pacts and in the broker, in any case.
   * @default 'ZapSign'
   */
  provider?: string
  /** The URL of a Pact broker. @default no broker */
  brokerBaseUrl?: string
  /** The broker's bearer token. It is sent to the broker's own host only. @default no token */
  brokerToken?: string
  /** The user name for the broker's basic authentication. @default no basic authentication */
  brokerUsername?: string
  /** The password for the broker's basic authentication. @default no basic authentication */
  brokerPassword?: string
  /**
   * Which pacts the broker is asked for.
   * @default [{ mainBranch: true }, { deployedOrReleased: true }]
   */
  consumerVersionSelectors?: readonly ConsumerVersionSelector[]
  /**
   * Whether the broker says which pacts are pending. A pending pact that is broken does not fail the run.
   * @default false
   */
  enablePending?: boolean
  /**
   * The date from which on the broker adds work-in-progress pacts: '2026-01-31'. They are pending.
   * @default no such pacts
   */
  includeWipPactsSince?: string
  /** The version of the provider, under which results are published. @default required with `publish` */
  providerVersion?: string
  /** The branch of the provider's version. @default no branch */
  providerBranch?: string
  /**
   * Whether the results are published to the broker. It needs `providerVersion`.
   * @default false
   */
  publish?: boolean
  /** The URL of the CI build, published with the results. @default no URL */
  buildUrl?: string
}

/** The name of an option of {@link VerifyOptions}. */
export type VerifyOptionName = keyof VerifyOptions
