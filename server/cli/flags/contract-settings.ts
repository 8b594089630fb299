import type { Setting } from './setting.js'

/** What the commands `contract` and `verify` can be told besides, by flag or by environment. */
export const CONTRACT_SETTINGS = {
  consumer: {
    flag: '--consumer <name>',
    kind: 'text',
    group: 'Contract:',
    help: "the client's name in the pact (default: this folder's)",
  },
  pactDir: {
    flag: '--pact-dir <folder>',
    kind: 'text',
    group: 'Contract:',
    help: 'where the pact is written (default: pacts)',
  },
  promises: {
    flag: '--promises <names>',
    kind: 'names',
    group: 'Contract:',
    help: 'what must be kept, comma-separated (default: authenticated,invalidCredentials,rateLimited; there are also refreshed,refreshRefused,authorized,expired)',
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

/** What `contract` can be told. */
export const FOR_CONTRACT = ['consumer', 'pactDir', 'promises', 'junit', 'report'] as const

/** What `verify` can be told. */
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
