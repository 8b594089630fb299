import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { fileOf } from '../rivals/rival.js'

/** The npm package and its exact version. */
export const PACT_MSW_ADAPTER = '@pactflow/pact-msw-adapter@4.0.2'
const FILE = '@pactflow/pact-msw-adapter/dist/pact-msw-adapter.js'

/** What pact-msw-adapter writes about a login that it records through the mock's MSW handlers. */
export function recordLogin(node: string): Record<string, string> {
  const program = resolve('bench/behavior/pact-msw-adapter.mjs')
  const output = execFileSync(node, [program, fileOf(PACT_MSW_ADAPTER, FILE)], { encoding: 'utf8' })
  const { interactions, metadata } = JSON.parse(output.slice(output.indexOf('\n{\n')))
  const [{ providerState, request, response }] = interactions
  return {
    'specification of Pact': metadata.pactSpecification.version,
    'provider state': providerState || 'none',
    'password in the pact': request.body.password,
    'matching rules': response.matchingRules ? 'some' : 'none',
    'access token in the pact': `${response.body.access.slice(0, 20)}…`,
  }
}
