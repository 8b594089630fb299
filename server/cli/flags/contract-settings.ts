import type { Setting } from './setting.js'

/** The settings that only `contract` and `verify` have, as flags and environment variables. */
export const CONTRACT_SETTINGS = {
  consumer: {
    flag: '--consumer <name>',
    kind: 'text',
    group: 'Contract:',
    help: "the client's name in the pact (default: the name of this folder)",
  },
  pactDir: {
    flag: '--pact-dir <folder>',
    kind: 'text',
    group: 'Contract:',
    help: 'folder of the pact (default: pacts)',
  },
  promises: {
    flag: '--promises <names>',
    kind: 'names',
    group: 'Contract:',
    help: 'promises that the client must keep, comma-separated, or all, which also removes promises of earlier runs from the pact (default: authenticated,invalidCredentials,rateLimited; the others are refreshed,refreshRefused,authorized,expired)',
  },
  failOnOther: {
    flag: '--fail-on-other',
    kind: 'switch',
    group: 'Contract:',
    help: 'fail the run for requests that no promise is about (default: list them)',
  },
  removeStalePact: {
    flag: '--remove-stale-pact',
    kind: 'switch',
    group: 'Contract:',
    help: 'if the run fails, remove the promises of earlier runs from the pact (default: leave them)',
  },
  baseUrl: {
    flag: '--base-url <url>',
    kind: 'text',
    group: 'Provider:',
    help: 'the provider to verify, where --organization, --username and --password sign in: all three are needed, without defaults (default: the built-in mock)',
  },
  wrongPassword: {
    flag: '--wrong-password <password>',
    kind: 'text',
    group: 'Provider:',
    help: 'a password that is wrong for the user (default: WrongPassword123, or another where that is right)',
  },
  includeRateLimit: {
    flag: '--include-rate-limit',
    kind: 'switch',
    group: 'Provider:',
    help: 'check the login limit too, which locks the account',
  },
  brokerBaseUrl: {
    flag: '--broker-base-url <url>',
    kind: 'text',
    group: 'Broker:',
    help: 'take the pacts from a Pact broker',
  },
  brokerToken: {
    flag: '--broker-token <token>',
    kind: 'text',
    group: 'Broker:',
    help: "the broker's bearer token",
  },
  providerVersion: {
    flag: '--provider-version <version>',
    kind: 'text',
    group: 'Broker:',
    help: 'the version under which results are published',
  },
  publish: {
    flag: '--publish',
    kind: 'switch',
    group: 'Broker:',
    help: 'publish the results to the broker',
  },
  junit: {
    flag: '--junit <file>',
    kind: 'text',
    group: 'Reports:',
    help: 'write the results as JUnit XML',
  },
  report: {
    flag: '--report <file>',
    kind: 'text',
    group: 'Reports:',
    help: 'write the results as JSON',
  },
} as const satisfies Record<string, Setting>

/** The settings of `contract`. */
export const FOR_CONTRACT = [
  'consumer',
  'pactDir',
  'promises',
  'failOnOther',
  'removeStalePact',
  'port',
  'host',
  'junit',
  'report',
] as const

/** The settings of `verify`. */
export const FOR_VERIFY = [
  'baseUrl',
  'organization',
  'username',
  'password',
  'wrongPassword',
  'includeRateLimit',
  'brokerBaseUrl',
  'brokerToken',
  'providerVersion',
  'publish',
  'junit',
  'report',
] as const
