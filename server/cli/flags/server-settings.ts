import { DEFAULT_HOST, type ServerOptions } from '../../http/options.js'
import type { MockSetting } from './setting.js'

/** The command's port: ZAPS on the keys of a phone. */
export const DEFAULT_PORT = 9277

/**
 * The settings of the server and of what the command prints. The schemas say which values are allowed;
 * the compiler refuses an option of the server without a row.
 */
export const SERVER_SETTINGS = {
  port: {
    flag: '--port <number>',
    kind: 'number',
    path: 'port',
    group: 'Server:',
    help: `port to listen on; 0 takes any free port (default: ${DEFAULT_PORT})`,
  },
  host: {
    flag: '--host <address>',
    kind: 'text',
    path: 'host',
    group: 'Server:',
    help: `address to listen on (default: ${DEFAULT_HOST}, which only this machine can call)`,
  },
  tlsCaOut: {
    flag: '--tls-ca-out <file>',
    kind: 'text',
    path: 'tls.caOut',
    group: 'Server:',
    help: "write the authority of the mock's certificate to this file, for clients to trust; turns --tls on",
  },
  tlsCert: {
    flag: '--tls-cert <file>',
    kind: 'text',
    path: 'tls.cert',
    group: 'Server:',
    help: 'your own certificate, in PEM; turns --tls on',
  },
  tlsKey: {
    flag: '--tls-key <file>',
    kind: 'text',
    path: 'tls.key',
    group: 'Server:',
    help: 'the private key of --tls-cert, in PEM',
  },
  // After the settings that give it an object: `true` does not replace that.
  tls: {
    flag: '--tls',
    kind: 'switch',
    path: 'tls',
    off: false,
    group: 'Server:',
    help: "serve https, with a certificate for ZapSign's hosts and this machine that is valid for a day",
  },
  config: {
    flag: '--config <file>',
    kind: 'text',
    path: 'config',
    group: 'Server:',
    help: 'configuration file, JSON or YAML (default: zapsign-mock.config.json, .yaml or .yml in this folder)',
  },
  latency: {
    flag: '--latency <duration>',
    kind: 'text',
    path: 'latency',
    group: 'Server:',
    help: 'delay every reply by this time, or by a random time: 100ms-400ms (default: no delay)',
  },
  cors: {
    flag: '--cors',
    kind: 'switch',
    path: 'cors',
    group: 'Server:',
    help: 'allow browsers to call from other origins, which ZapSign does not',
  },
  trustProxy: {
    flag: '--trust-proxy',
    kind: 'switch',
    path: 'trustProxy',
    group: 'Server:',
    help: 'take scheme and host of redirects and links from X-Forwarded-Proto and X-Forwarded-Host, behind a reverse proxy that sets them. The control API then needs --control-token',
  },
  routes: {
    flag: '--routes <file>',
    kind: 'list',
    path: 'routes',
    group: 'Server:',
    help: 'module with endpoints of your own, which the mock answers too (repeatable)',
  },
  log: {
    flag: '--log <style>',
    kind: 'text',
    path: 'log',
    group: 'Server:',
    help: 'how to log requests: pretty, json or silent (default: pretty on a terminal, json elsewhere)',
  },
  json: {
    flag: '--json',
    kind: 'switch',
    path: 'json',
    group: 'Server:',
    help: 'print one line of JSON when the mock is ready, for scripts. The log goes to stderr. The line contains no passwords: take those from the configuration or from --users-file',
  },
  watch: {
    flag: '--watch',
    kind: 'switch',
    path: 'watch',
    group: 'Server:',
    help: 'read the configuration file again when it changes. Port, clock and journal stay; a file with a mistake changes nothing',
  },
  parentWatch: {
    flag: '--parent-watch',
    kind: 'switch',
    path: 'parentWatch',
    group: 'Server:',
    help: 'stop the mock when the process that started it ends, for example npx in a script',
  },
  control: {
    flag: '--no-control',
    kind: 'switch',
    path: 'control',
    on: false,
    off: {},
    group: 'Control API:',
    help: 'turn off the control API and the console page under /__zapsign/',
  },
  controlToken: {
    flag: '--control-token <token>',
    variable: 'ZAPSIGN_CONTROL_TOKEN',
    kind: 'text',
    path: 'control.token',
    group: 'Control API:',
    help: 'bearer token that the control API requires. Needed where other machines can call the mock. Also ZAPSIGN_CONTROL_TOKEN',
  },
  controlHost: {
    flag: '--control-host <name>',
    kind: 'list',
    path: 'control.hosts',
    group: 'Control API:',
    help: 'host name under which the control API may be called, besides loopback and the addresses of the mock (repeatable)',
  },
  intercept: {
    flag: '--intercept',
    kind: 'switch',
    path: 'intercept',
    group: 'Server:',
    help: "answer the program's calls to ZapSign's own hosts, such as https://api.zapsign.com.br: for programs whose base URL cannot be changed",
  },
} as const satisfies Record<keyof ServerOptions, MockSetting> & Record<string, MockSetting>
