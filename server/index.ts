export { createApp, type ZapSignApp } from './http/app.js'
export type {
  AppOptions,
  ListenOptions,
  RequestOptions,
  ServerOptions,
  StartServerOptions,
} from './http/options.js'
export { startServer, type ZapSignServer } from './http/start-server.js'
