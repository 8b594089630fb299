export { type AppOptions, createApp, type ZapSignApp } from './http/app.js'
export { type StartServerOptions, startServer, type ZapSignServer } from './http/start-server.js'
