// What the command uses besides the public exports. The published declarations are made of index.ts.

export { judgeRun, toReport } from './consumer/run-contract.js'
export * from './index.js'
export { type JUnitCase, toJUnit } from './junit.js'
export { baseUrl, checkNeeds, consumerName, type Needs, promiseNames, text } from './options.js'
export { checkPactPlace, findStalePact, removePromises, savePact } from './pact/save-pact.js'
export { contractCases, contractLines, type Line, verifyCases, verifyLines } from './report.js'
