import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { fromTrustStore, toTrustStore } from '../../../server/intercept/java-trust-store.js'
import { variablesFor } from '../../../server/intercept/languages.js'

const [OWN = '', CA = ''] = rootCertificates.map((pem) => `${pem}\n`)
const PROXY = 'http://zapsign-mock:secret@127.0.0.1:1'

/** The variables, and the files they point to, which are kept in memory. */
function compose(own: Record<string, string> = {}, path = '/tmp/private') {
  const files = new Map<string, string | Uint8Array>()
  const folder = {
    path,
    write(name: string, content: string | Uint8Array) {
      files.set(join(path, name), content)
      return join(path, name)
    },
    remove() {},
  }
  const variables = variablesFor({ own, folder, ca: CA, proxyUrl: PROXY, openPort: 2 })
  return { variables, file: (name = '') => files.get(name) }
}

function fileWith(content: string | Uint8Array, name = 'own'): string {
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

test.each([
  'SSL_CERT_FILE',
  'CURL_CA_BUNDLE',
  'REQUESTS_CA_BUNDLE',
  'NODE_EXTRA_CA_CERTS',
  'DENO_CERT',
  'PERL_LWP_SSL_CA_FILE',
])('%s points to what it pointed to before, and the mock’s authority', (name) => {
  const { variables, file } = compose({ [name]: fileWith(OWN) })
  expect(file(variables[name])).toBe(OWN + CA)
})

test('a bundle that replaces the system’s roots contains them', () => {
  const { variables, file } = compose()
  expect(file(variables['SSL_CERT_FILE'])).toMatch(/CERTIFICATE-----\n[\s\S]{10000,}/)
  expect(file(variables['NODE_EXTRA_CA_CERTS'])).toBe(CA)
})

test('without their own variables, curl and requests keep their earlier certificate paths', () => {
  const own = fileWith(OWN)
  const trusted = (environment: Record<string, string>, name: string) => {
    const { variables, file } = compose(environment)
    return file(variables[name])
  }
  expect(trusted({ SSL_CERT_FILE: own }, 'CURL_CA_BUNDLE')).toBe(OWN + CA)
  expect(trusted({ CURL_CA_BUNDLE: own }, 'REQUESTS_CA_BUNDLE')).toBe(OWN + CA)
  expect(trusted({ SSL_CERT_FILE: own }, 'REQUESTS_CA_BUNDLE')).not.toBe(OWN + CA)
})

test('plain http goes through the proxy only where it went through one before', () => {
  const { HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy } = compose({
    http_proxy: 'http://mine.example',
  }).variables
  expect([HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy]).toEqual([
    PROXY,
    PROXY,
    undefined,
    PROXY,
  ])
  expect(compose().variables).not.toHaveProperty('http_proxy')
})

test('Node still sees the user’s proxy, and its proxy support is not turned on', () => {
  const mine = compose({ HTTPS_PROXY: 'http://mine.example' }).variables
  expect([mine['ZAPSIGN_INTERCEPT_HIDE'], mine['NODE_USE_ENV_PROXY']]).toEqual([
    'https_proxy',
    undefined,
  ])
  const { ZAPSIGN_INTERCEPT_HIDE, NODE_USE_ENV_PROXY } = compose().variables
  expect([ZAPSIGN_INTERCEPT_HIDE, NODE_USE_ENV_PROXY]).toEqual(['HTTPS_PROXY,https_proxy', '1'])
})

test('the user’s wgetrc remains in force, with its certificates', () => {
  const own = `tries = 1\nca_certificate=${fileWith(OWN)}\n`
  const { variables, file } = compose({ WGETRC: fileWith(own) })
  const text = String(file(variables['WGETRC']))
  expect(text).toMatch(/^tries = 1\nca_certificate=.*\n\nca_certificate = (.*)\n$/)
  expect(file(/ca_certificate = (.*)/.exec(text)?.[1])).toBe(OWN + CA)
})

test('the user’s Java trust store is extended, or kept as it is if it cannot be read', () => {
  const normal = (pem: string) => new X509Certificate(pem).toString()
  const jks = fileWith(toTrustStore(OWN))
  const { variables, file } = compose({ JAVA_TOOL_OPTIONS: `-Djavax.net.ssl.trustStore=${jks}` })
  const paths = [...(variables['JAVA_TOOL_OPTIONS'] ?? '').matchAll(/trustStore=(\S+)/g)]
  const store = Buffer.from(file(paths.at(-1)?.[1]) ?? '')
  expect(fromTrustStore(store)).toBe(normal(OWN) + normal(CA))
  const pkcs12 = `-Djavax.net.ssl.trustStore=${fileWith('PKCS #12')}`
  const { JAVA_TOOL_OPTIONS: options = '' } = compose({ JAVA_TOOL_OPTIONS: pkcs12 }).variables
  expect(options.match(/trustStore=/g)).toHaveLength(1)
})

test('paths with blanks are quoted as each program reads them', () => {
  const { variables, file } = compose({}, '/tmp/a b')
  expect(variables['JAVA_TOOL_OPTIONS']).toContain('"-Djavax.net.ssl.trustStore=/tmp/a b/java.jks"')
  expect(variables['NODE_OPTIONS']).toMatch(/^--require=".*node\.cjs"$/)
  expect(file('/tmp/a b/zapsign-mock.ini')).toContain('curl.cainfo="/tmp/a b/SSL_CERT_FILE.pem"')
})
