// What follows the first line is for the command only, and in no declaration.

export { PactMissingError } from './engine.js'
export { type JUnitCase, toJUnit } from './junit.js'
export { PactFileError } from './pact-file.js'
export * from './public.js'
export { contractCases, contractLines, type Line, verifyCases, verifyLines } from './report.js'
export { UnknownStateError } from './verify/verify.js'
