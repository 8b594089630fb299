// What the command uses besides the public exports. The published declarations are made of index.ts.

export { judgeRun, toReport } from './consumer/run-contract.js'
export * from './index.js'
export { type JUnitCase, toJUnit } from './junit.js'
export { PactMissingError } from './pact/load-pact.js'
export { PactFileError } from './pact/pact.js'
export { savePact } from './pact/write-pact.js'
export { BrokerError } from './provider/broker.js'
export { UnknownStateError } from './provider/check-interactions.js'
export { PactRunError } from './provider/pact-verifier.js'
export { contractCases, contractLines, type Line, verifyCases, verifyLines } from './report.js'
export { checkBaseUrl, isConsumerName, somePromises } from './usage.js'
