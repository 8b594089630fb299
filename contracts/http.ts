export type { SentReply, SentRequest } from './exchange.js'
export { forward } from './forward.js'
export { type Address, serve } from './serve.js'
