import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type SharedServerOptions, startServer } from '../../../server/index.js'
import { CREDENTIALS, JSON_TYPE } from '../../support.js'
import { MISSING, type Redis, startRedis } from './redis.js'

const PATH = '/api/v1/auth/token/11111/'

describe.skipIf(MISSING)('servers with a store', () => {
  let redis: Redis & { port: number }
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-routes-'))
  const closers: (() => Promise<unknown>)[] = []
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await Promise.all(closers.splice(0).map((close) => close()))
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await redis.kill()
  })

  async function start(options: Partial<SharedServerOptions> = {}) {
    const server = await startServer({ store: redis.url, ...options })
    closers.push(server.close)
    return server
  }

  const login = (url: string, password = CREDENTIALS.password) =>
    fetch(url + PATH, {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ ...CREDENTIALS, password }),
    })

  test('two servers share failures, the clock, outcomes, users and the journal', async () => {
    const [one, two] = await Promise.all([start(), start()])
    for (const { url } of [one, two, one, two, one]) {
      expect((await login(url, 'wrong')).status).toBe(401)
    }
    expect((await login(two.url)).status).toBe(400)
    await one.control.time.advance('61s')
    const granted = await login(two.url)
    const { access, refresh } = await granted.json()
    expect([granted.status, access.split('.').length, refresh.split('.').length]).toEqual([
      200, 3, 3,
    ])
    const page = (url: string) =>
      fetch(`${url}/api/v1/docs/`, { headers: { authorization: `Bearer ${access}` } })
    expect([(await page(one.url)).status, (await page(two.url)).status]).toEqual([200, 200])
    await one.control.outcomes.next('serviceUnavailable', { times: 2 })
    expect([(await login(two.url)).status, (await login(one.url)).status]).toEqual([503, 503])
    await two.control.users.add({ username: 'eva@example.com', password: 'a-new-password' })
    const users = await one.control.users.list()
    expect(users.map(({ username }) => username)).toEqual([CREDENTIALS.username, 'eva@example.com'])
    const entries = await one.control.journal.entries()
    expect(entries.map(({ status }) => status)).toEqual([
      401, 401, 401, 401, 401, 400, 200, 200, 200, 503, 503,
    ])
    await two.control.reset()
    expect(await one.control.journal.entries()).toEqual([])
  })

  test('without its store a server answers 503 and recovers by itself', async () => {
    const own = await startRedis()
    let restored: () => void = () => {}
    const isRestored = new Promise<void>((resolve) => {
      restored = resolve
    })
    vi.spyOn(console, 'warn').mockImplementation(() => restored())
    const { url } = await start({ store: own.url })
    expect((await login(url)).status).toBe(200)
    await own.kill()
    const refused = await login(url)
    expect([refused.status, refused.headers.get('x-zapsign-mock')]).toEqual([503, 'configured'])
    expect(await refused.text()).toMatch(/^zapsign-mock failed: the store cannot be reached/)
    expect((await fetch(`${url}/__zapsign/health`)).status).toBe(503)
    const again = await startRedis(own.port)
    await isRestored
    expect((await login(url)).status).toBe(200)
    expect((await fetch(`${url}/__zapsign/health`)).status).toBe(200)
    await again.kill()
  })

  test('the password of the store is in no reply and no error', async () => {
    const password = 'S3cret-of-Redis'
    const own = await startRedis(undefined, { password })
    const { url } = await start({ store: own.url })
    const config = await (await fetch(`${url}/__zapsign/config`)).text()
    expect(JSON.parse(config).store).toBe(own.url.replace(`:${password}`, '(withheld)'))
    const wrong = own.url.replace(password, 'wrong')
    const refused = await start({ store: wrong }).catch(({ message }) => String(message))
    expect(refused).toMatch(/^the store answered with an error: WRONGPASS /)
    await own.kill()
    const texts = [
      config,
      refused,
      await (await login(url)).text(),
      await (await fetch(`${url}/__zapsign/health`)).text(),
      await (await fetch(`${url}/__zapsign/state`)).text(),
    ]
    expect(texts.join('\n')).not.toMatch(/S3cret|wrong@/)
  })

  test('what cannot be shared is refused', async () => {
    await expect(startServer({ store: 'http://x' })).rejects.toThrow(
      /^store must be a URL such as redis:/,
    )
    await expect(start({ control: false })).rejects.toThrow(/needs the control API/)
    const route = { method: 'GET', path: '/api/v1/x/' } as const
    await expect(start({ routes: [route, { ...route, replies: [{}, {}] }] })).rejects.toThrow(
      'Cannot combine `routes[1].replies` with `store`.',
    )
    const file = join(folder, 'handle.mjs')
    writeFileSync(file, 'export default (router, { zapsign }) => {}')
    await expect(start({ routes: file })).rejects.toThrow(
      /handle\.mjs failed: TypeError: `zapsign` is missing with a store: call connect\(url\)/,
    )
  })

  test('own routes are guarded by the shared state', async () => {
    const file = join(folder, 'routes.mjs')
    const source =
      "(router, { requireBearer }) => router.get('/api/v1/mine/', requireBearer, (_, response) => response.json({ mine: 1 }))"
    writeFileSync(file, `export default ${source}`)
    const routes = [file, { method: 'GET', path: '/api/v1/now/', body: '{{now}}' } as const]
    const [one, two] = await Promise.all([start({ routes }), start({ routes })])
    await one.control.time.set('2030-01-01T00:00:00Z')
    const { access } = await (await login(one.url)).json()
    const call = (path: string) =>
      fetch(two.url + path, { headers: { authorization: `Bearer ${access}` } })
    expect(await (await call('/api/v1/mine/')).json()).toEqual({ mine: 1 })
    expect(await (await call('/api/v1/now/')).json()).toMatch(/^2030-01-01T00:00/)
    await two.control.time.advance('61m')
    expect([(await call('/api/v1/mine/')).status, (await call('/api/v1/now/')).status]).toEqual([
      401, 401,
    ])
    expect(await one.control.journal.count({ path: '/api/v1/mine/' })).toBe(2)
  })
})
