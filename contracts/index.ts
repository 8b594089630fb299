/**
 * What ZapSign specifies, and checks of clients and providers. The published declarations are made of this
 * file.
 *
 * @module zapsign-mock/contracts
 */

export { type ClientReport, checkClient } from './consumer/check-client.js'
export type { CheckClientOptions } from './consumer/check-options.js'
export type { Client } from './consumer/client.js'
export type { RunContractOptions } from './consumer/contract-options.js'
export { type ContractReport, runContract } from './consumer/run-contract.js'
export { type RegisterTest, testClient } from './consumer/test-client.js'
export {
  BrokerError,
  PactFileError,
  PactMissingError,
  PactRunError,
} from './errors.js'
export { openapi } from './openapi.js'
export { type PromiseName, promises, type SpecifiedExchange } from './promises.js'
export type { InteractionResult } from './provider/check-interactions.js'
export {
  createStateHandlers,
  type StateHandler,
  type StateHandlers,
  type StateName,
} from './provider/states.js'
export type { ConsumerVersionSelector, VerifyOptions } from './provider/verify-options.js'
export { type VerifyReport, verifyProvider } from './provider/verify-provider.js'
export type { OtherRequest, PromiseResult, UnexpectedRequest } from './results.js'
export type { Shape, Template } from './shapes.js'
