import { X509Certificate } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type SecureContextOptions } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { createCertificates } from '../../../server/intercept/certificates.js'

const BEGIN = /(?=-----BEGIN)/

/** Shakes hands as a client that trusts an authority, and resolves to the error of the client. */
async function shakeHands(
  identity: SecureContextOptions,
  { ca, name, ...options }: { ca: string; name: string; host?: string },
): Promise<string | undefined> {
  const server = createServer({ ...identity })
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return new Promise((resolve) => {
    const socket = connect({
      host: '127.0.0.1',
      port,
      ca,
      ...(name && { servername: name }),
      ...options,
    })
    socket.on('secureConnect', () => resolve(undefined))
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    onTestFinished(() => void socket.destroy())
  })
}

test.each([
  'api.zapsign.com.br',
  'sandbox.api.zapsign.com.br',
  'br.api.zapsign.com.br',
  'localhost',
])('a client that trusts the authority accepts the certificate for %s', async (name) => {
  const { ca, names, addresses } = await createCertificates()
  expect([
    await shakeHands(names, { ca, name }),
    await shakeHands(addresses, { ca, name }),
    await shakeHands(names, { ca: (await createCertificates()).ca, name }),
  ]).toEqual([undefined, undefined, 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'])
})

test('only the certificate with addresses is valid for a client that calls an address', async () => {
  const { ca, names, addresses } = await createCertificates()
  expect([
    await shakeHands(addresses, { ca, name: '' }),
    await shakeHands(names, { ca, name: '' }),
  ]).toEqual([undefined, 'ERR_TLS_CERT_ALTNAME_INVALID'])
})

test('no certificate is valid for another host', async () => {
  const { ca, addresses } = await createCertificates()
  for (const name of ['zapsign.com.br', 'app.zapsign.com.br', 'evil.example'])
    expect(await shakeHands(addresses, { ca, name })).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
})

test('root and intermediate are constrained to these names, also against a leaked key', async () => {
  const { ca, names } = await createCertificates()
  const [, intermediate = ''] = names.cert.split(BEGIN)
  for (const pem of [ca, intermediate]) {
    const der = new X509Certificate(pem).raw.toString('latin1')
    // The extension's identifier 2.5.29.30, then "critical", true.
    expect(der).toContain('\x55\x1d\x1e\x01\x01\xff')
    expect(der).toContain('\x82\x12api.zapsign.com.br')
    expect(der).toContain(`\x87\x08\x7f\0\0\x01\xff\xff\xff\xff`)
  }
})

test('all certificates are valid for a day, and no two roots have the same name', async () => {
  const now = new Date()
  now.setMilliseconds(0)
  const [one, other] = [await createCertificates(now), await createCertificates(now)]
  const all = [one.ca, ...one.names.cert.split(BEGIN), ...one.addresses.cert.split(BEGIN)]
  const lifetimes = all.map((pem) => {
    const { validFrom, validTo } = new X509Certificate(pem)
    return [Date.parse(validFrom) - now.getTime(), Date.parse(validTo) - now.getTime()]
  })
  expect(lifetimes).toEqual(Array(5).fill([-3_600_000, 86_400_000]))
  expect(new X509Certificate(one.ca).subject).not.toBe(new X509Certificate(other.ca).subject)
})
