import { createPrivateKey, type KeyExportOptions } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { connect as connectTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type StartServerOptions, startServer } from '../../../server/index.js'
import { createCertificates } from '../../../server/intercept/certificates.js'
import { CREDENTIALS, JSON_TYPE } from '../../support.js'

async function start(options: StartServerOptions) {
  const server = await startServer(options)
  onTestFinished(server.close)
  return server
}

/** Signs in over https, and resolves to the status or the error's code. */
function login(url: string, options: { ca?: string; agent?: false; servername?: string }) {
  return new Promise((resolve) => {
    const sent = request(`${url}/api/v1/auth/token/11111/`, {
      method: 'POST',
      headers: JSON_TYPE,
      ...options,
    })
    sent.on('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    // Node reports a connection that just ends with the same code, but without a system call.
    sent.on('error', ({ code, syscall }: NodeJS.ErrnoException) =>
      resolve(syscall === 'read' ? `${code} on read` : code),
    )
    sent.end(JSON.stringify(CREDENTIALS))
  })
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'zapsign-mock-test-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

test('tls: true serves https with a certificate that its authority vouches for', async () => {
  const { url, port, ca = '' } = await start({ tls: true })
  expect(url).toBe(`https://127.0.0.1:${port}`)
  expect([
    await login(url, { ca }),
    await login(`https://localhost:${port}`, { ca }),
    await login(url, { ca, servername: 'api.zapsign.com.br' }),
    await login(url, {}),
  ]).toEqual([200, 200, 200, 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'])
})

test('links of pages say https', async () => {
  const { url, ca, zapsign } = await start({ tls: true, apiTokens: ['static'] })
  expect(zapsign.users.length).toBe(1)
  const body = await new Promise<string>((resolve, reject) => {
    const headers = { authorization: 'Bearer static' }
    request(`${url}/api/v1/docs/?page=1`, { ca, headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => resolve(text))
    })
      .on('error', reject)
      .end()
  })
  expect(body).not.toContain('http://127')
})

test('caOut is a file with the authority', async () => {
  const file = join(folder(), 'sub', 'ca.pem')
  const { url, ca = '' } = await start({ tls: { caOut: file } })
  expect(readFileSync(file, 'utf8')).toBe(ca)
  expect(await login(url, { ca: readFileSync(file, 'utf8') })).toBe(200)
})

test('the user’s certificate is served: PEM, bytes, or the name of a file', async () => {
  const { ca, addresses } = await createCertificates()
  const [certFile, keyFile] = [join(folder(), 'cert.pem'), join(folder(), 'key.pem')]
  writeFileSync(certFile, addresses.cert)
  writeFileSync(keyFile, addresses.key)
  const { cert, key } = addresses
  for (const tls of [
    { cert, key },
    { cert: Buffer.from(cert), key: Buffer.from(key) },
    { cert: certFile, key: keyFile },
  ]) {
    const server = await start({ tls })
    expect(await login(server.url, { ca })).toBe(200)
    expect(server.ca).toBe(undefined)
  }
})

test('an unusable certificate or key is refused with the option’s name, and without the key', async () => {
  const { addresses, names } = await createCertificates()
  const old = await createCertificates(new Date('2020-01-01'))
  const next = await createCertificates(new Date(Date.now() + 7 * 86_400_000))
  const { cert, key } = addresses
  const encrypted = createPrivateKey(key).export({
    ...{ type: 'pkcs8', format: 'pem' },
    ...{ cipher: 'aes-256-cbc', passphrase: 'secret' },
  } as KeyExportOptions<'pem'>)
  const cases: [StartServerOptions['tls'], RegExp][] = [
    [{ cert }, /^tls\.cert needs tls\.key$/],
    [{ key }, /^tls\.key needs tls\.cert$/],
    [{ cert, key: names.key }, /^tls\.key is not the private key of tls\.cert$/],
    [{ cert: '-----BEGIN nothing', key }, /^tls\.cert must be a certificate in PEM$/],
    [{ cert, key: encrypted }, /^tls\.key must be a private key in PEM, without a passphrase$/],
    [
      { cert: 'nowhere.pem', key },
      /^tls\.cert: Cannot read nowhere\.pem: the file does not exist$/,
    ],
    [{ cert: '.', key }, /^tls\.cert: Cannot read \.: it is a folder$/],
    [{ cert: old.names.cert, key: old.names.key }, /^tls\.cert expired on 2020-01-02T00:00:00/],
    [{ cert: next.names.cert, key: next.names.key }, /^tls\.cert is not valid before /],
    [{ cert, key, caOut: 'ca.pem' }, /^Cannot combine tls\.caOut with tls\.cert/],
    [{ caOut: folder() }, /^tls\.caOut: Cannot write .*: it is a folder$/],
  ]
  for (const [tls, message] of cases) {
    const error = await startServer({ tls }).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(RangeError)
    expect((error as Error).message).toMatch(message)
    expect((error as Error).message).not.toContain('PRIVATE KEY')
  }
})

test('a private key in the wrong place appears in no message', async () => {
  const { addresses } = await createCertificates()
  for (const tls of [addresses.key, { key: [addresses.key] }] as never[])
    await expect(startServer({ tls })).rejects.toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('PRIVATE KEY') }),
    )
})

test('a connection reset reaches the client through TLS', async () => {
  const { url, ca = '', zapsign } = await start({ tls: true })
  zapsign.outcomes.next('connectionReset')
  expect(await login(url, { ca })).toBe('ECONNRESET on read')
})

test('close waits for requests in flight and ends idle connections', async () => {
  const server = await startServer({ tls: true, latency: '100ms' })
  const { ca = '', url, port } = server
  const idle = connectTls({ port, ca, servername: 'localhost' })
  const handshake = connectTcp({ port, host: '127.0.0.1' })
  const gone = [idle, handshake].map(
    (socket) => new Promise((resolve) => socket.resume().once('close', resolve)),
  )
  await new Promise((resolve) => idle.once('secureConnect', resolve))
  const answered = login(url, { ca })
  const arrived = new Promise((resolve) => server.zapsign.journal.subscribe(resolve))
  await arrived
  await server.close()
  expect(await answered).toBe(200)
  await Promise.all(gone)
})

test('a client that speaks the wrong protocol causes one line of warning', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  onTestFinished(() => warn.mockRestore())
  const plain = await start({})
  const secure = await start({ tls: true })
  await login(`https://127.0.0.1:${plain.port}`, {})
  await fetch(`http://127.0.0.1:${secure.port}/`).catch(() => {})
  await login(`https://127.0.0.1:${(await start({ warnings: false })).port}`, {})
  expect(warn.mock.calls).toEqual([
    [expect.stringMatching(/^zapsign-mock: A client spoke TLS, but this is an http server: /)],
    [expect.stringMatching(/^zapsign-mock: A client spoke plain HTTP, but this server has TLS: /)],
  ])
})

test('bytes that are not HTTP still get 400', async () => {
  const { port } = await start({ warnings: false })
  const socket = connectTcp({ port, host: '127.0.0.1' })
  socket.write('not http\r\n\r\n')
  const [reply] = await new Promise<Buffer[]>((resolve) =>
    socket.once('data', (data) => resolve([data])),
  )
  expect(String(reply)).toMatch(/^HTTP\/1\.1 400 /)
})
