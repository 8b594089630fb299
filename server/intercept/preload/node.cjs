'use strict'
/**
 * Sends the connections of a Node process to the documented hosts to the mock. `zapsign-mock run
 * --intercept` loads it through NODE_OPTIONS; Bun loads it through BUN_OPTIONS.
 */
const port = Number(process.env.ZAPSIGN_INTERCEPT_PORT)
const hosts = (process.env.ZAPSIGN_INTERCEPT_HOSTS || '').split(',')

if (port > 0) {
  redirectConnections()
  // Bun's fetch does not pass through here: it needs the proxy.
  if (!process.versions.bun) hideProxy()
}

/** Whether a host name, as a program writes it, is one of the documented hosts. */
function isDocumented(host) {
  return typeof host === 'string' && hosts.includes(host.toLowerCase().replace(/\.+$/, ''))
}

function redirectConnections() {
  const { Socket, _normalizeArgs: normalize } = require('node:net')
  const { connect } = Socket.prototype
  Socket.prototype.connect = function (...args) {
    // What Node itself passes is one array, marked with a symbol that has to stay.
    const normalized = Array.isArray(args[0]) ? args[0] : normalize(args)
    const [options] = normalized
    // A program that looks the address up by itself still names the host for TLS.
    if (options.path || !(isDocumented(options.host) || isDocumented(options.servername)))
      return connect.apply(this, args)
    const { lookup, family, localAddress, localPort, ...rest } = options
    const redirected = Object.assign([], normalized)
    redirected[0] = { servername: options.host, ...rest, host: '127.0.0.1', port }
    trustMock(this, options)
    // got compares the port of an HTTP/2 connection with that of the URL.
    Object.defineProperty(this, 'remotePort', { configurable: true, value: Number(options.port) })
    return connect.call(this, redirected)
  }
}

/** A program that names the authorities it trusts does not read NODE_EXTRA_CA_CERTS. */
function trustMock(socket, { ca, secureContext }) {
  if (!ca && !secureContext) return
  try {
    const pem = require('node:fs').readFileSync(process.env.ZAPSIGN_INTERCEPT_CA, 'utf8')
    socket._tlsOptions.secureContext.context.addCACert(pem)
  } catch {
    // The program then refuses the certificate, and the mock reports that.
  }
}

/**
 * Node needs no proxy here, and some clients misuse one: axios before 1.8 sends the request itself in
 * clear to the proxy. So a proxy that the user did not set is visible to child processes only.
 */
function hideProxy() {
  const names = (process.env.ZAPSIGN_INTERCEPT_HIDE || '').split(',').filter(Boolean)
  const proxy = process.env.ZAPSIGN_INTERCEPT_PROXY
  if (names.length === 0 || !proxy) return
  for (const name of names) if (process.env[name] === proxy) delete process.env[name]
  const isInherited = (env) => env.ZAPSIGN_INTERCEPT_PROXY === proxy
  const childProcess = require('node:child_process')

  const { spawn } = childProcess.ChildProcess.prototype
  childProcess.ChildProcess.prototype.spawn = function (options) {
    const pairs = options.envPairs || []
    const isSet = (name) => pairs.some((pair) => pair.startsWith(`${name}=`))
    if (pairs.includes(`ZAPSIGN_INTERCEPT_PROXY=${proxy}`)) {
      for (const name of names) if (!isSet(name)) pairs.push(`${name}=${proxy}`)
    }
    return spawn.call(this, options)
  }

  for (const name of ['spawnSync', 'execFileSync', 'execSync']) {
    const original = childProcess[name]
    childProcess[name] = function (...args) {
      const at = name === 'execSync' || !Array.isArray(args[1]) ? 1 : 2
      const options = args[at] || {}
      const env = { ...(options.env || process.env) }
      if (isInherited(env)) for (const one of names) if (!(one in env)) env[one] = proxy
      args[at] = { ...options, env }
      return original.apply(this, args)
    }
  }
  require('node:module').syncBuiltinESMExports?.()
}
