import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from '@redis/client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CreateClient } from '../../../server/store/redis-client.js'
import {
  createRedisStore,
  type RedisStore,
  type RedisStoreOptions,
} from '../../../server/store/redis-store.js'
import type { StoreSettings } from '../../../src/state/memory-store.js'
import { mask } from '../../src/mask.js'
import { testStore } from '../../src/state/store-suite.js'
import { MISSING, type Redis, startRedis } from './redis.js'

describe.skipIf(MISSING)('a store in Redis', () => {
  let redis: Redis & { port: number }
  let count = 0
  const stores: RedisStore[] = []
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterEach(() => {
    for (const store of stores.splice(0)) store.close()
  })
  afterAll(() => redis.kill())

  async function create(
    settings: StoreSettings,
    options: Partial<RedisStoreOptions> = {},
  ): Promise<RedisStore> {
    const own = { url: redis.url, prefix: `test-${++count}`, fingerprint: 'same', ...options }
    const store = await createRedisStore(settings, own, createClient as unknown as CreateClient)
    stores.push(store)
    return store
  }

  testStore(create)

  const SETTINGS: StoreSettings = {
    users: [{ id: 1, username: 'ana', password: 'a-secret-password', active: true }],
    loginLimit: {
      attempts: 3,
      window: 60_000,
      count: 'failures',
      key: 'username',
      clearedBySuccess: true,
    },
    journalSize: 5,
  }

  test('four mocks share the limit, the outcomes, the clock, the users and one journal', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => create(SETTINGS, { prefix: 'shared' })))
    const [first, second] = all as [RedisStore, RedisStore]
    const each = <R>(times: number, call: (store: RedisStore) => R) =>
      Promise.all(Array.from({ length: times }, (_, index) => call(all[index % 4] as RedisStore)))
    const failed = { username: 'ana', organizationId: '1', succeeded: false, now: 1000 }
    const decisions = await each(64, (store) => store.attemptLogin(failed))
    expect(decisions.filter(({ isAllowed }) => isAllowed)).toHaveLength(3)
    await first.addOutcome('serverError', { times: 10 })
    const target = { paths: ['/'], user: () => ({}) }
    const arrivals = await each(64, (store) => store.arrive(target))
    expect(arrivals.filter(({ forced }) => forced)).toHaveLength(10)
    await first.setNow(5_000_000_000_000)
    expect((await second.arrive()).now).toBeGreaterThanOrEqual(5_000_000_000_000)
    await first.addUser({ username: 'bia', password: 'b-secret-password', active: true })
    await second.arrive()
    expect(await second.checkPassword('bia', 'b-secret-password')).toBe(true)
    expect(mask(second.passwords, '/b-secret-password/')).toBe('/*/')
    const entry = {
      time: 0,
      method: 'GET',
      path: '/',
      status: 200,
      outcome: 'authorized',
      source: 'documented',
      duration: 1,
    } as const
    await each(64, (store) => store.record(entry, 'c-secret-password'))
    const entries = await second.findEntries({})
    expect(entries.map(({ id }) => id)).toEqual([60, 61, 62, 63, 64])
    expect(await second.droppedEntries()).toBe(59)
  })

  test('a login that another overtook loses neither of them, and a clock set back forgets the later ones', async () => {
    const store = await create({ ...SETTINGS, now: () => 1000 }, { prefix: 'overtaken' })
    const attempt = async (now: number) => {
      const login = { username: 'ana', organizationId: '1', succeeded: false, now }
      return (await store.attemptLogin(login)).isAllowed
    }
    expect([await attempt(1000), await attempt(998), await attempt(999)]).toEqual([
      true,
      true,
      true,
    ])
    expect(await attempt(997)).toBe(false)
    const ahead = { username: 'bia', organizationId: '1', succeeded: false }
    for (const now of [2000, 2000, 2000]) await store.attemptLogin({ ...ahead, now })
    expect(await store.attemptLogin({ ...ahead, now: 1000 })).toEqual({ isAllowed: true })
  })

  test('Redis holds no password', async () => {
    const store = await create(SETTINGS, { prefix: 'secrets' })
    await store.attemptLogin({
      username: 'x-secret-password',
      organizationId: '1',
      succeeded: false,
      now: 1,
    })
    const { client } = { client: createClient({ url: redis.url }) }
    await client.connect()
    const values = [
      await client.get('secrets:users'),
      JSON.stringify(await client.hGetAll('secrets:limit')),
    ]
    client.destroy()
    expect(values.join()).toContain('ana')
    expect(values.join()).not.toContain('secret-password')
  })

  test('two mocks with different settings cannot share a prefix', async () => {
    await create(SETTINGS, { prefix: 'mismatch' })
    await expect(create(SETTINGS, { prefix: 'mismatch', fingerprint: 'other' })).rejects.toThrow(
      "a mock with other settings uses the store's prefix mismatch: give this mock another one",
    )
  })

  test('after a restart of Redis the configured users are back, and counters start afresh', async () => {
    const own = await startRedis()
    let restored: () => void = () => {}
    const isRestored = new Promise<void>((resolve) => {
      restored = resolve
    })
    const options = { url: own.url, prefix: 'restart', fingerprint: 'x', onRestored: restored }
    const store = await createRedisStore(SETTINGS, options, createClient as unknown as CreateClient)
    stores.push(store)
    await store.setNow(1)
    await own.kill()
    await expect(store.arrive()).rejects.toThrow(/^the store cannot be reached/)
    const again = await startRedis(own.port)
    await isRestored
    expect((await store.arrive()).now).toBeGreaterThan(1_000_000)
    expect(await store.checkPassword('ana', 'a-secret-password')).toBe(true)
    store.close()
    await again.kill()
  })

  test('a Redis that hangs gets nothing done later for requests that were refused', async () => {
    const own = await startRedis()
    const heard: string[] = []
    let back: () => void = () => {}
    const isBack = new Promise<void>((resolve) => {
      back = resolve
    })
    const store = await create(SETTINGS, {
      url: own.url,
      onLost: ({ message }) => heard.push(message),
      onBack: back,
    })
    try {
      await store.addOutcome('serverError', { times: 5 })
      const target = { name: 'obtain', paths: ['/'], user: () => ({}) }
      own.hang()
      const calls = await Promise.allSettled([
        ...[1, 2, 3].map(() => store.arrive(target)),
        ...[1, 2, 3].map(() =>
          store.attemptLogin({ username: 'ana', organizationId: '1', succeeded: false, now: 1 }),
        ),
      ])
      const silent = 'the store cannot be reached (no answer within 2 s)'
      for (const call of calls) expect(call).toMatchObject({ reason: { message: silent } })
      // Later calls need not wait.
      const started = performance.now()
      await expect(store.check()).rejects.toThrow(silent)
      expect(performance.now() - started).toBeLessThan(1000)
      expect(heard).toEqual([silent])
      own.resume()
      await isBack
      expect(await store.pendingOutcomes()).toMatchObject([{ times: 5 }])
      const attempt = { username: 'ana', organizationId: '1', succeeded: false, now: 1 }
      const decisions = []
      for (const _ of [1, 2, 3, 4]) decisions.push(await store.attemptLogin(attempt))
      expect(decisions.map(({ isAllowed }) => isAllowed)).toEqual([true, true, true, false])
    } finally {
      store.close()
      await own.kill()
    }
  })

  test('a request that came later than the one that was given up has its own time', async () => {
    const own = await startRedis()
    const store = await create(SETTINGS, { url: own.url })
    try {
      await store.addOutcome('serverError', { times: 5 })
      const target = { name: 'obtain', paths: ['/'], user: () => ({}) }
      own.hang()
      const first = store.arrive(target)
      await pause(500)
      const second = store.arrive(target)
      await expect(first).rejects.toThrow('no answer within 2 s')
      own.resume()
      expect((await second).forced).toMatchObject({ outcome: 'serverError' })
      await expect.poll(() => store.check().catch(String)).toBeUndefined()
      expect(await store.pendingOutcomes()).toMatchObject([{ times: 4 }])
    } finally {
      store.close()
      await own.kill()
    }
  })

  test('a Redis that hangs at the start is refused with its reason', async () => {
    const own = await startRedis()
    own.hang()
    try {
      await expect(create(SETTINGS, { url: own.url })).rejects.toThrow(
        'the store cannot be reached (no answer within 5 s)',
      )
    } finally {
      await own.kill()
    }
  })

  test('a state that is deleted while the mock runs is created again', async () => {
    let restored = 0
    const store = await create(SETTINGS, { prefix: 'flushed', onRestored: () => (restored += 1) })
    await store.setNow(1)
    const client = createClient({ url: redis.url })
    await client.connect()
    await client.del(await client.keys('flushed:*'))
    client.destroy()
    await store.arrive()
    expect(restored).toBe(1)
    expect(await store.checkPassword('ana', 'a-secret-password')).toBe(true)
    expect((await store.arrive()).now).toBeGreaterThan(1_000_000)
  })

  test('an address where no Redis listens is refused with its reason', async () => {
    const gone = await startRedis()
    await gone.kill()
    const options = { url: gone.url, prefix: 'x', fingerprint: 'x' }
    await expect(
      createRedisStore(SETTINGS, options, createClient as unknown as CreateClient),
    ).rejects.toThrow(/^the store cannot be reached/)
  })
})
