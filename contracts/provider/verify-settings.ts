import { validateHeaderName, validateHeaderValue } from 'node:http'
import * as v from 'valibot'
import {
  baseUrl,
  checkNeeds,
  filled,
  flag,
  listOf,
  type Needs,
  objectOf,
  type SchemasOf,
  text,
  validate,
  zapsign,
} from '../options.js'
import { PROVIDER } from '../pact/pact.js'
import { LITERALS } from '../promises.js'
import { isPerConnection } from './per-connection.js'
import type { ConsumerVersionSelector, VerifyOptionName, VerifyOptions } from './verify-options.js'

const URL_FORMS = 'an http or https URL'

const anyUrl = v.optional(v.pipe(v.string(URL_FORMS), v.check(isHttpUrl, URL_FORMS)))

/** Whether a text is an http or https URL. */
export function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

const SELECTOR_FORMS = 'a name'
const only = v.optional(v.literal(true, 'true'))

const selector = objectOf({
  consumer: text(SELECTOR_FORMS),
  mainBranch: only,
  branch: text(SELECTOR_FORMS),
  matchingBranch: only,
  fallbackBranch: text(SELECTOR_FORMS),
  fallbackToMainBranch: only,
  deployed: only,
  released: only,
  deployedOrReleased: only,
  environment: text(SELECTOR_FORMS),
  tag: text(SELECTOR_FORMS),
  fallbackTag: text(SELECTOR_FORMS),
  latest: v.optional(v.boolean('true or false')),
} satisfies SchemasOf<ConsumerVersionSelector>)

const HEADER_FORMS =
  'header names and values, other than Authorization and headers that belong to a connection'

const headers = v.optional(
  v.pipe(v.record(v.string(), v.string(HEADER_FORMS), HEADER_FORMS), v.rawCheck(refuseHeaders)),
)

/** A value may be secret: it is not quoted. */
function refuseHeaders({ dataset, addIssue }: v.RawCheckContext<Record<string, string>>): void {
  if (!dataset.typed) return
  const wrong = Object.entries(dataset.value).find(([name, value]) => !isOwnHeader(name, value))
  if (wrong) addIssue({ message: HEADER_FORMS, input: `${wrong[0]}: (withheld)` })
}

function isOwnHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  } catch {
    return false
  }
  return !isPerConnection(name) && name.toLowerCase() !== 'authorization'
}

const DATE_FORMS = 'a date such as "2026-01-31"'

const entries = {
  pacts: v.optional(
    listOf(filled('a pact file or a URL'), 'a list of at least one pact file or URL'),
  ),
  zapsign: v.optional(zapsign),
  baseUrl,
  organization: text('an organization id such as "11111"'),
  username: text('a user name'),
  password: text('a password'),
  wrongPassword: text('a password'),
  headers,
  includeRateLimit: flag,
  providerStatesUrl: anyUrl,
  provider: v.optional(filled('the name of a provider'), PROVIDER),
  brokerBaseUrl: baseUrl,
  brokerToken: text('a token'),
  brokerUsername: text('a user name'),
  brokerPassword: text('a password'),
  consumerVersionSelectors: v.optional(
    listOf(selector, 'a list of at least one consumer version selector'),
    [{ mainBranch: true }, { deployedOrReleased: true }],
  ),
  enablePending: flag,
  includeWipPactsSince: v.optional(
    v.pipe(v.string(DATE_FORMS), v.regex(/^\d{4}-\d{2}-\d{2}$/, DATE_FORMS)),
  ),
  providerVersion: text('a version'),
  providerBranch: text('the name of a branch'),
  publish: flag,
  buildUrl: anyUrl,
} satisfies SchemasOf<VerifyOptions>

const schema = objectOf(entries)

/** Options with their defaults. */
export type VerifySettings = v.InferOutput<typeof schema>

/** Options of a provider at a URL. */
const AT_URL = ['organization', 'username', 'password'] as const

const NEEDS: Needs<VerifyOptionName> = [
  ['baseUrl', AT_URL],
  ...AT_URL.map((name) => [name, ['baseUrl']] as const),
  ['wrongPassword', ['baseUrl']],
  ['headers', ['baseUrl']],
  ['includeRateLimit', ['baseUrl']],
  ['providerStatesUrl', ['baseUrl']],
  ['consumerVersionSelectors', ['brokerBaseUrl']],
  ['enablePending', ['brokerBaseUrl']],
  ['includeWipPactsSince', ['brokerBaseUrl']],
  ['brokerUsername', ['brokerPassword']],
  ['brokerPassword', ['brokerUsername']],
  ['publish', ['providerVersion']],
  ['buildUrl', ['publish']],
]

/** The URL of a pact in `pacts` names a broker too. */
const BROKER_NEEDS: Needs<VerifyOptionName> = [
  ['brokerToken', ['brokerBaseUrl']],
  ['brokerUsername', ['brokerBaseUrl']],
  ['providerBranch', ['brokerBaseUrl']],
  ['publish', ['brokerBaseUrl']],
]

/** Options that exclude each other. */
const CONFLICTS: readonly (readonly [VerifyOptionName, VerifyOptionName])[] = [
  ['zapsign', 'baseUrl'],
  ['brokerToken', 'brokerUsername'],
]

/**
 * Options with their defaults. Throws a `TypeError` or a `RangeError` that names the option as `nameOf`
 * does: by its key, or by the flag or the variable that gave it.
 */
export function withDefaults(
  options: Readonly<Partial<Record<VerifyOptionName, unknown>>>,
  nameOf: (name: VerifyOptionName) => string = (name) => name,
): VerifySettings {
  const settings = validate(schema, options ?? {}, (path) => nameOfPath(path, nameOf))
  const hasUrl = settings.pacts?.some(isHttpUrl) ?? false
  checkNeeds(options, hasUrl ? NEEDS : [...BROKER_NEEDS, ...NEEDS], nameOf)
  for (const [one, other] of CONFLICTS)
    if (options[one] !== undefined && options[other] !== undefined)
      throw new TypeError(`Cannot combine ${nameOf(one)} with ${nameOf(other)}`)
  if (!options.zapsign && options.baseUrl === undefined)
    throw new TypeError(
      `${nameOf('zapsign')}, which createZapSign() returns, or ${nameOf('baseUrl')} is required`,
    )
  const { password, wrongPassword = wrongFor(password) } = settings
  if (password !== undefined && wrongPassword === password)
    throw new RangeError(`${nameOf('wrongPassword')} must differ from ${nameOf('password')}`)
  return { ...settings, wrongPassword }
}

function wrongFor(password: string | undefined): string {
  return password === LITERALS.wrongPassword ? 'AnotherWrongPassword123' : LITERALS.wrongPassword
}

/** The name of `headers.accept`, which belongs to the option `headers`. */
function nameOfPath(path: string, nameOf: (name: VerifyOptionName) => string): string {
  const [, name = '', rest = ''] = /^(\w*)(.*)$/s.exec(path) ?? []
  return isOption(name) ? nameOf(name) + rest : path || 'options'
}

function isOption(name: string): name is VerifyOptionName {
  return Object.hasOwn(entries, name)
}
