/**
 * The provider behind Express, and a client of its control API.
 *
 * @module zapsign-mock/server
 */
export type { ConnectOptions } from './control/client.js'
export { connect } from './control/connect.js'
export { ControlError } from './control/control-error.js'
export type { Control, RemoteFilter, RemoteUser } from './control/control-types.js'
export type { ControlOptions } from './control/options.js'
export type { ProblemDocument } from './control/problem.js'
export { createApp, type ZapSignApp } from './http/app.js'
export type {
  AppOptions,
  ListenOptions,
  RequestOptions,
  ServerOptions,
  ServerRoutesOptions,
  SharedServerOptions,
  StartServerOptions,
} from './http/options.js'
export { startServer, type ZapSignServer } from './http/start-server.js'
export type { SharedZapSignServer } from './http/start-shared-server.js'
export type { TlsOptions } from './http/tls.js'
export type {
  AddRoute,
  RouteHandler,
  RouteRequest,
  RouteResponse,
  RoutesContext,
  RoutesModule,
  RoutesRouter,
} from './routes/load-module.js'
export type { RouteOptions, RouteReply } from './routes/options.js'
export {
  type BearerMiddleware,
  type GuardedRequest,
  requireBearer,
} from './routes/require-bearer.js'
