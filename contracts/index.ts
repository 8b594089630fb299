// What follows the first line is for the command only, and in no declaration.

export { judgeRun, toReport } from './client/run-contract.js'
export { PactMissingError } from './engine.js'
export { type JUnitCase, toJUnit } from './junit.js'
export { PactFileError } from './pact.js'
export { savePact } from './pact-file.js'
export * from './public.js'
export { contractCases, contractLines, type Line, verifyCases, verifyLines } from './report.js'
export { checkBaseUrl, isConsumerName, somePromises } from './usage.js'
export { BrokerError } from './verify/broker.js'
export { PactRunError } from './verify/verifier.js'
export { UnknownStateError } from './verify/verify.js'
