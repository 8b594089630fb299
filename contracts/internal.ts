// What the command uses besides the public exports. The published declarations are made of index.ts.

export { contractCases, contractLines } from './consumer/contract-lines.js'
export { contractEntries } from './consumer/contract-options.js'
export {
  finishContract,
  judgeRun,
  type PactOutcome,
  planContract,
  toReport,
} from './consumer/run-contract.js'
export { forward } from './http.js'
export * from './index.js'
export { type JUnitCase, toJUnit } from './junit.js'
export { consumerName, text } from './options.js'
export { pactFileOf } from './pact/save-pact.js'
export { verifyCases, verifyLines } from './provider/verify-lines.js'
export type { VerifyOptionName } from './provider/verify-options.js'
export { verifyWith } from './provider/verify-provider.js'
export { isHttpUrl, type VerifySettings, withDefaults } from './provider/verify-settings.js'
export type { Line } from './report.js'
