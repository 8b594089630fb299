export { type AppOptions, createApp, type ZapSignApp } from './app.js'
export { type StartServerOptions, startServer, type ZapSignServer } from './start.js'
