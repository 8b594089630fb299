import { readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DOCUMENTED_HOSTS } from './hosts.js'
import { java } from './java.js'
import { type Environment, quoteBlanks, type Setting, type Variables } from './setting.js'
import { readCertificates, systemRoots } from './trust-bundle.js'
import { wget } from './wget.js'

/**
 * The variables that make each language's programs reach the mock, one function for each. Variables for
 * certificates replace the program's default roots, so they point to those roots plus our authority.
 */
const LANGUAGES: readonly ((setting: Setting) => Variables)[] = [
  proxies,
  openssl,
  node,
  bun,
  deno,
  python,
  php,
  ruby,
  perl,
  wget,
  java,
]

/** The variables to add to COMMAND's environment. */
export function variablesFor(setting: Setting): Variables {
  return Object.assign({}, ...LANGUAGES.map((language) => language(setting)))
}

/** curl, Go, Python, PHP, Perl, Deno, Bun, .NET. Plain http keeps its own way where it had no proxy. */
function proxies({ own, proxyUrl }: Setting): Variables {
  const names = ['HTTPS_PROXY', 'https_proxy', ...['HTTP_PROXY', 'http_proxy'].filter(isSet(own))]
  return Object.fromEntries(names.map((name) => [name, proxyUrl]))
}

/** OpenSSL and what it is built into (curl, Python, Ruby, Perl, PHP), and Go. */
function openssl(setting: Setting): Variables {
  return {
    SSL_CERT_FILE: bundle(setting, 'SSL_CERT_FILE'),
    CURL_CA_BUNDLE: bundle(setting, 'CURL_CA_BUNDLE', 'SSL_CERT_FILE', 'SSL_CERT_DIR'),
  }
}

function node(setting: Setting): Variables {
  const { own, proxyUrl, openPort } = setting
  const hidden = ['HTTPS_PROXY', 'https_proxy'].filter((name) => !isSet(own)(name))
  return {
    NODE_OPTIONS:
      `${own['NODE_OPTIONS'] ?? ''} --require=${quoteForNode(preload('node.cjs'))}`.trim(),
    NODE_EXTRA_CA_CERTS: addition(setting, 'NODE_EXTRA_CA_CERTS'),
    ZAPSIGN_INTERCEPT_PORT: String(openPort),
    ZAPSIGN_INTERCEPT_HOSTS: DOCUMENTED_HOSTS.join(','),
    ZAPSIGN_INTERCEPT_CA: setting.folder.write('ca.pem', setting.ca),
    ZAPSIGN_INTERCEPT_PROXY: proxyUrl,
    ZAPSIGN_INTERCEPT_HIDE: hidden.join(','),
  }
}

function bun({ own }: Setting): Variables {
  const option = quoteBlanks(`--preload=${preload('node.cjs')}`)
  return { BUN_OPTIONS: `${own['BUN_OPTIONS'] ?? ''} ${option}`.trim() }
}

/** Deno's `node:https` reads proxy variables only where `NODE_USE_ENV_PROXY` is set; so does Node's. */
function deno(setting: Setting): Variables {
  const { own } = setting
  // In Node it would also send other requests through proxies that they did not use before.
  const hasProxy = /^(https?|all)_proxy$/i
  const isSafe = !Object.keys(own).some((name) => hasProxy.test(name) && isSet(own)(name))
  return {
    DENO_CERT: addition(setting, 'DENO_CERT'),
    ...(isSafe && { NODE_USE_ENV_PROXY: '1' }),
  }
}

/** aiohttp reads neither proxy variables nor, in requests, the system's roots. */
function python(setting: Setting): Variables {
  const { own, folder } = setting
  folder.write('sitecustomize.py', readFileSync(preload('sitecustomize.py')))
  return {
    REQUESTS_CA_BUNDLE: bundle(setting, 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'),
    PYTHONPATH: [folder.path, own['PYTHONPATH']].filter(Boolean).join(delimiter),
  }
}

function php(setting: Setting): Variables {
  const { own, folder } = setting
  const file = bundle(setting, 'SSL_CERT_FILE')
  folder.write('zapsign-mock.ini', `curl.cainfo="${file}"\nopenssl.cafile="${file}"\n`)
  // Without a folder before the separator PHP also reads those that it was built with.
  return { PHP_INI_SCAN_DIR: `${own['PHP_INI_SCAN_DIR'] ?? ''}${delimiter}${folder.path}` }
}

function ruby({ own }: Setting): Variables {
  return {
    RUBYLIB: [preload('.'), own['RUBYLIB']].filter(Boolean).join(delimiter),
    RUBYOPT: `${own['RUBYOPT'] ?? ''} -rzapsign_mock_intercept`.trim(),
  }
}

/** LWP; HTTP::Tiny reads the variables of OpenSSL. */
function perl(setting: Setting): Variables {
  return {
    PERL_LWP_ENV_PROXY: '1',
    PERL_LWP_SSL_CA_FILE: bundle(setting, 'PERL_LWP_SSL_CA_FILE', 'HTTPS_CA_FILE'),
  }
}

/** A file with what the first of some variables trusts, else the system's roots, and our authority. */
function bundle({ own, folder, ca }: Setting, ...names: readonly string[]): string {
  const paths = names.map((name) => own[name]).filter((path) => path !== undefined && path !== '')
  const trusted = paths.map((path) => readCertificates(String(path))).find(Boolean) ?? systemRoots()
  return folder.write(`${names[0]}.pem`, trusted + ca)
}

/** A file with what a variable adds to a program's own roots, and our authority. */
function addition({ own, folder, ca }: Setting, name: string): string {
  return folder.write(`${name}.pem`, readCertificates(own[name] ?? '') + ca)
}

/** A file that programs load, or their folder. It stays when the mock is gone: Node needs it to start. */
function preload(name: string): string {
  return fileURLToPath(new URL(`./preload/${name}`, import.meta.url))
}

function isSet(own: Environment): (name: string) => boolean {
  return (name) => own[name] !== undefined && own[name] !== ''
}

function quoteForNode(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&')}"`
}
