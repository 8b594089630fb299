import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { createZapSign } from '../src/index.js'
import { ANSWERED_OUTCOMES, call, OBTAIN, post, REFRESH, signIn, USERS } from './support.js'

/** Each is sent, configured or issued somewhere, and may come out nowhere but in replies. */
const CANARIES = {
  password: 'canary-password-Tq7',
  wrongPassword: 'canary-wrong-password-Zx3',
  signingKey: 'canary-signing-key-Lm9',
  apiToken: 'canary-api-token-Pk2',
  garbageToken: 'canary-garbage-token-Wd5',
}
const USER = { username: 'canary@example.com', password: CANARIES.password }

function expectNoSecrets(text: string, tokens: readonly string[] = []): void {
  for (const secret of [...Object.values(CANARIES), ...tokens]) {
    expect(text.includes(secret), `${secret.slice(0, 40)} came out`).toBe(false)
  }
}

afterEach(() => {
  vi.restoreAllMocks()
})

test('the journal and the console never contain a password or a token', async () => {
  const printed: unknown[] = []
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, name).mockImplementation((...args) => void printed.push(args))
  }
  const zapsign = createZapSign({
    users: [USER],
    signingKey: CANARIES.signingKey,
    apiTokens: [CANARIES.apiToken],
  })
  const { access, refresh } = await zapsign.issueTokenPair()
  const everything = async () => {
    await signIn(zapsign, USER)
    await signIn(zapsign, { ...USER, password: CANARIES.wrongPassword })
    await signIn(zapsign, { username: CANARIES.password, password: USER.username })
    await post(
      zapsign,
      OBTAIN,
      `{"username":"${USER.username}","password":"${CANARIES.wrongPassword}"`,
    )
    await post(zapsign, OBTAIN, { user: USER.username, pass: CANARIES.password })
    await post(zapsign, OBTAIN.slice(0, -1), USER)
    await post(zapsign, `${OBTAIN}?password=${CANARIES.password}`, USER, {
      headers: { accept: 'text/html' },
    })
    await zapsign.fetch(OBTAIN, { method: 'POST', body: CANARIES.password })
    await zapsign.fetch(`${OBTAIN}?api_token=${CANARIES.apiToken}`)
    await post(zapsign, REFRESH, { refresh })
    await post(zapsign, REFRESH, { refresh: access })
    await post(zapsign, REFRESH, { refresh: CANARIES.garbageToken })
    for (const value of [access, refresh, CANARIES.apiToken, CANARIES.garbageToken]) {
      await call(zapsign, `Bearer ${value}`)
      await call(zapsign, `Token ${value}`)
      await call(zapsign, value)
      await call(zapsign, undefined, `${USERS}?api_token=${value}`)
    }
  }
  await everything()
  for (const name of ANSWERED_OUTCOMES) {
    zapsign.outcomes.next(name, { times: 40 })
    await everything().catch(() => {})
    zapsign.outcomes.clear()
  }
  expect(zapsign.journal.entries.length).toBeGreaterThan(100)
  expectNoSecrets(JSON.stringify([zapsign.journal.entries, zapsign.journal, printed]), [
    access,
    refresh,
  ])
})

test('an error for misuse contains no secret', async () => {
  const mistakes = [
    () => createZapSign({ users: [{ ...USER, password: `${CANARIES.password} ` }] }),
    () => createZapSign({ users: [{ ...USER, pasword: CANARIES.password } as never] }),
    () => createZapSign({ signingKey: [CANARIES.signingKey] as never }),
    () => createZapSign({ apiTokens: `${CANARIES.apiToken}` as never }),
    () => createZapSign({ apiTokens: [`${CANARIES.apiToken} x`] }),
    () => createZapSign({ users: [USER, USER] }),
  ]
  for (const mistake of mistakes) {
    try {
      mistake()
      expect.unreachable()
    } catch (error) {
      expectNoSecrets(String(error))
    }
  }
})

function runCommand(
  args: string[],
  { folder, environment = {} }: { folder: string; environment?: Record<string, string> },
) {
  const child = spawn(process.execPath, [resolve('dist/server/bin.js'), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  const ended = new Promise<string>((done) => child.on('close', () => done(output)))
  const ready = new Promise<string>((done) => {
    child.stdout.on('data', () => {
      const [, url] = /"url":"([^"]+)"/.exec(output) ?? []
      if (url) done(url)
    })
  })
  return { child, ended, ready }
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-'))
  folders.push(folder)
  return folder
}
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

test.each(['pretty', 'json', 'silent'])(
  'the command’s log in the style %s holds no secret',
  async (style) => {
    const folder = temporaryFolder()
    const environment = {
      ZAPSIGN_MOCK_SIGNING_KEY: CANARIES.signingKey,
      ZAPSIGN_MOCK_API_TOKEN: CANARIES.apiToken,
      ZAPSIGN_MOCK_LOG: style,
    }
    const { child, ended, ready } = runCommand(['--port', '0', '--json'], { folder, environment })
    const url = await ready
    const login = { method: 'POST', headers: { 'content-type': 'application/json' } }
    const path = `${url}/api/v1/auth/token/11111/`
    const body = JSON.stringify({ username: 'dev@example.com.br', password: 'StrongPassword123' })
    const { access, refresh } = await (await fetch(path, { ...login, body })).json()
    const wrong = JSON.stringify({ username: USER.username, password: CANARIES.wrongPassword })
    await fetch(path, { ...login, body: wrong })
    await fetch(path, { ...login, body: `${wrong}oops` })
    await fetch(`${url}/api/v1/docs/?api_token=${CANARIES.apiToken}`)
    await fetch(`${url}/api/v1/docs`, { headers: { authorization: `Bearer ${access}` } })
    await fetch(`${url}/api/v1/docs/`, { headers: { authorization: CANARIES.garbageToken } })
    child.kill('SIGTERM')
    expectNoSecrets(await ended, [access, refresh])
  },
)

test.each<[string, string[], string]>([
  ['a password that is misspelt', [`--pasword=${CANARIES.password}`], ''],
  ['a password with white space', ['--password', `${CANARIES.password} `], ''],
  ['a token with white space', ['--api-token', `${CANARIES.apiToken} x`], ''],
  [
    'a file that is not JSON',
    ['--config', 'c.json'],
    `{"users": [{"password": "${CANARIES.password}" oops`,
  ],
  [
    'a file with a wrong type',
    ['--config', 'c.json'],
    `{"users": [{"username": "a", "password": ["${CANARIES.password}"]}]}`,
  ],
  ['a file with a wrong key', ['--config', 'c.json'], `{"signingKey": ["${CANARIES.signingKey}"]}`],
])('the command’s message for %s holds no secret', async (_, args, content) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'c.json'), content)
  const output = await runCommand(args, { folder }).ended
  expect(output).toMatch(/^zapsign-mock: .+\n$/)
  expectNoSecrets(output)
})
