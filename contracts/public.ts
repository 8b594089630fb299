// What users of `zapsign-mock/contracts` may rely on. The published declarations are made of this file.

export {
  type Client,
  type ClientReport,
  checkClient,
} from './client/check-client.js'
export type { CheckClientOptions } from './client/check-options.js'
export { type ContractReport, type RunContractOptions, runContract } from './client/run-contract.js'
export { type RegisterTest, testClient } from './client/test-client.js'
export { openapi } from './openapi.js'
export { type PromiseName, promises, type SpecifiedExchange } from './promises.js'
export type { PromiseResult, UnexpectedRequest } from './results.js'
export { createStateHandlers, type StateHandlers } from './verify/states.js'
export type { InteractionResult } from './verify/verify.js'
export { type VerifyOptions, type VerifyReport, verifyProvider } from './verify/verify-provider.js'
