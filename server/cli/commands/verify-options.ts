import {
  text,
  type VerifyOptionName,
  type VerifySettings,
  withDefaults,
} from '../../../contracts/internal.js'
import { createZapSign, objectOf, validate } from '../../../src/internal.js'
import { FOR_VERIFY } from '../flags/contract-settings.js'
import { flagOf, type SettingName, type SettingValues, variableOf } from '../flags/settings.js'
import type { Sources } from './command-options.js'

/** The options of `verify`, with defaults. */
export interface VerifyCommandOptions {
  options: VerifySettings
  junit?: string | undefined
  report?: string | undefined
}

const files = objectOf({ junit: text('the name of a file'), report: text('the name of a file') })

/** Settings that the environment may give to the mock as a server: without a base URL they do not count. */
const SHARED: readonly SettingName[] = ['organization', 'username', 'password']

/**
 * Takes the options of `verify` from flags and environment; a flag wins. The rules are those of
 * `verifyProvider`. Throws a `TypeError` or a `RangeError` that names the flag or the variable.
 *
 * @param pacts Pact files and URLs.
 */
export function verifyOptions(
  pacts: readonly string[],
  { flags, environment }: Sources,
): VerifyCommandOptions {
  const all = { ...environment, ...flags }
  const values: SettingValues = {}
  for (const name of FOR_VERIFY) {
    const isForMock = SHARED.includes(name) && !(name in flags) && !('baseUrl' in all)
    if (name in all && !isForMock) values[name] = all[name]
  }
  const nameOf = (name: SettingName) =>
    name in flags || !(name in environment) ? flagOf(name) : variableOf(name)
  const { junit, report, header, consumerVersionSelector, ...rest } = values
  const reports = validate(files, { junit, report }, (path) => nameOf(path as SettingName))
  const options = {
    ...rest,
    ...(pacts.length > 0 && { pacts }),
    ...(header !== undefined && { headers: parseHeaders([header].flat(), nameOf('header')) }),
    ...(consumerVersionSelector !== undefined && {
      consumerVersionSelectors: [consumerVersionSelector]
        .flat()
        .flatMap((text) => parseSelector(String(text), nameOf('consumerVersionSelector'))),
    }),
    ...(values.baseUrl === undefined && { zapsign: createZapSign({ warnings: false }) }),
  }
  return { ...reports, options: withDefaults(options, (name) => nameOfOption(name, nameOf)) }
}

function nameOfOption(name: VerifyOptionName, nameOf: (name: SettingName) => string): string {
  switch (name) {
    case 'headers':
      return nameOf('header')
    case 'consumerVersionSelectors':
      return nameOf('consumerVersionSelector')
    case 'pacts':
      return 'the pacts'
    case 'zapsign':
      return 'the built-in mock'
    default:
      return nameOf(name)
  }
}

/** Headers such as `X-Api-Key: value`. A value may be secret: it is not quoted. */
function parseHeaders(lines: readonly unknown[], name: string): Record<string, string> {
  const headers = lines.map((line) => {
    const [, key, value] = /^([^:\s]+):\s*(.*)$/s.exec(String(line)) ?? []
    if (key === undefined || value === undefined)
      throw new RangeError(`${name} must be a name and a value such as "X-Api-Key: value"`)
    return [key, value]
  })
  return Object.fromEntries(headers)
}

/** One selector or a list of them, in JSON. */
function parseSelector(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new RangeError(
      `${name} must be JSON such as '{"branch":"main"}', got ${JSON.stringify(text.slice(0, 100))}`,
    )
  }
}
