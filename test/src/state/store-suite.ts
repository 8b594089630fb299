import { expect, test } from 'vitest'
import type { MaybePromise } from '../../../src/api.js'
import type { NewEntry } from '../../../src/state/journal.js'
import type { StoreSettings } from '../../../src/state/memory-store.js'
import type { Store } from '../../../src/state/store.js'
import { mask } from '../mask.js'

const SETTINGS: StoreSettings = {
  users: [
    { id: 1, username: 'ana', password: 'a', active: true },
    { id: 5, username: 'bia', password: 'b', active: false, organizations: ['7'] },
  ],
  loginLimit: {
    attempts: 3,
    window: 60_000,
    count: 'failures',
    key: 'username-in-organization',
    clearedBySuccess: true,
  },
  journalSize: 3,
  now: () => 1_000_000,
  seed: 1,
}

const LOGIN = { username: 'ana', organizationId: '1', now: 1_000_000 }
const FAILED = { ...LOGIN, succeeded: false }
const SUCCEEDED = { ...LOGIN, succeeded: true }

const ENTRY: NewEntry = {
  time: 1_000_000,
  method: 'POST',
  path: '/api/v1/auth/token/1/',
  status: 401,
  outcome: 'invalidCredentials',
  source: 'documented',
  duration: 1,
}

const obtain = (username?: string) => ({
  name: 'obtain',
  paths: ['/api/v1/auth/token/1/', '/api/v1/auth/token/{organization_id}/'],
  user: () => ({ username }),
})

/** What every store must do. Each test gets a new store. */
export function testStore(createStore: (settings: StoreSettings) => MaybePromise<Store>): void {
  const create = (settings: Partial<StoreSettings> = {}) =>
    createStore({ ...SETTINGS, ...settings })

  test('users are found by name and by id', async () => {
    const store = await create()
    expect(await store.findUser('ana')).toMatchObject({ id: 1, username: 'ana', active: true })
    expect(await store.findUserById('5')).toMatchObject({ username: 'bia', organizations: ['7'] })
    expect(await store.findUser('eva')).toBeUndefined()
    expect(await store.findUserById('2')).toBeUndefined()
    expect((await store.users()).map(({ username }) => username)).toEqual(['ana', 'bia'])
  })

  test('a user is added with the lowest id that is free', async () => {
    const store = await create()
    const added = await store.addUser({ username: 'eva', password: 'e', active: true })
    expect(added).toMatchObject({ id: 2, username: 'eva' })
    expect(await store.findUserById('2')).toMatchObject({ username: 'eva' })
  })

  test('two users never share a name or an id', async () => {
    const store = await create()
    const user = { username: 'eva', password: 'e', active: true }
    expect(await store.addUser({ ...user, username: 'ana' })).toEqual({ conflict: 'username' })
    expect(await store.addUser({ ...user, id: 5 })).toEqual({ conflict: 'id' })
    expect(await store.updateUser('bia', { username: 'ana' })).toEqual({ conflict: 'username' })
    expect(await store.users()).toHaveLength(2)
  })

  test('a change to a user replaces only what it names', async () => {
    const store = await create()
    expect(await store.updateUser('bia', { active: true })).toMatchObject({
      id: 5,
      username: 'bia',
      active: true,
      organizations: ['7'],
    })
    expect(await store.updateUser('bia', { username: 'eva' })).toMatchObject({ id: 5 })
    expect(await store.findUser('bia')).toBeUndefined()
    expect(await store.updateUser('bia', { active: true })).toBeUndefined()
  })

  test('a removed user is gone', async () => {
    const store = await create()
    expect([await store.removeUser('ana'), await store.removeUser('ana')]).toEqual([true, false])
    expect(await store.findUserById('1')).toBeUndefined()
  })

  test('a password is that of one user, and can be changed', async () => {
    const store = await create()
    const check = (username: string, password: string) => store.checkPassword(username, password)
    expect([await check('ana', 'a'), await check('ana', 'b'), await check('eva', 'a')]).toEqual([
      true,
      false,
      false,
    ])
    await store.updateUser('ana', { password: 'new' })
    expect([await check('ana', 'a'), await check('ana', 'new')]).toEqual([false, true])
  })

  test('the passwords of the users there are can be found in a text', async () => {
    const store = await create()
    expect(mask(store.passwords, '/a/b/c/')).toBe('/*/*/c/')
    await store.updateUser('ana', { password: 'a new one' })
    expect(mask(store.passwords, '/a/x a new one/')).toBe('/a/x */')
    await store.removeUser('bia')
    expect(mask(store.passwords, '/b/')).toBe('/b/')
  })

  test('a login is refused after as many failures as the rule allows, until the window has passed', async () => {
    const store = await create()
    for (let index = 0; index < 3; index += 1) await store.attemptLogin(FAILED)
    expect(await store.attemptLogin(SUCCEEDED)).toEqual({ isAllowed: false, until: 1_060_000 })
    expect(await store.attemptLogin({ ...SUCCEEDED, organizationId: '2' })).toEqual({
      isAllowed: true,
    })
    expect(await store.attemptLogin({ ...SUCCEEDED, now: 1_060_000 })).toEqual({ isAllowed: true })
  })

  test('of many logins at the same time, no failure is lost or counted twice', async () => {
    const store = await create()
    const decisions = await Promise.all(
      Array.from({ length: 20 }, () => store.attemptLogin(FAILED)),
    )
    expect(decisions.filter(({ isAllowed }) => isAllowed)).toHaveLength(3)
  })

  test('a successful login clears the failures before it', async () => {
    const store = await create()
    for (const attempt of [FAILED, FAILED, SUCCEEDED, FAILED, FAILED])
      await store.attemptLogin(attempt)
    expect(await store.attemptLogin(SUCCEEDED)).toEqual({ isAllowed: true })
  })

  test('locks are listed and can be removed', async () => {
    const store = await create()
    for (let index = 0; index < 3; index += 1) await store.attemptLogin(FAILED)
    expect(await store.locks()).toEqual([
      { username: 'ana', organizationId: '1', until: 1_060_000 },
    ])
    expect(await store.unlock(LOGIN)).toBe(true)
    expect(await store.locks()).toEqual([])
    expect(await store.unlock(LOGIN)).toBe(false)
  })

  test('an outcome is taken as often as it was asked for, in order', async () => {
    const store = await create()
    await store.addOutcome('serverError', { times: 2 })
    await store.addOutcome('badGateway', {})
    const taken: unknown[] = []
    for (let index = 0; index < 4; index += 1)
      taken.push((await store.arrive(obtain())).forced?.outcome)
    expect(taken).toEqual(['serverError', 'serverError', 'badGateway', undefined])
  })

  test('of many requests at the same time, exactly as many take an outcome as it has times', async () => {
    const store = await create()
    await store.addOutcome('serverError', { times: 5 })
    const arrivals = await Promise.all(Array.from({ length: 20 }, () => store.arrive(obtain())))
    expect(arrivals.filter(({ forced }) => forced)).toHaveLength(5)
  })

  test('an outcome is taken only by requests that it is aimed at', async () => {
    const store = await create()
    await store.addOutcome('serverError', { username: 'ana' })
    await store.addOutcome('badGateway', { endpoint: '/api/v1/docs/' })
    await store.addOutcome('serviceUnavailable', { endpoint: 'refresh' })
    expect((await store.arrive(obtain('bia'))).forced).toBeUndefined()
    const docs = { paths: ['/api/v1/docs/'], user: () => ({ userId: '5' }) }
    expect((await store.arrive(docs)).forced).toMatchObject({ outcome: 'badGateway' })
    const mine = { paths: ['/mine'], user: () => ({ userId: '1' }) }
    expect((await store.arrive(mine)).forced).toMatchObject({ outcome: 'serverError' })
    expect(await store.pendingOutcomes()).toMatchObject([{ outcome: 'serviceUnavailable' }])
  })

  test('a request without a target takes no outcome', async () => {
    const store = await create()
    await store.addOutcome('serverError', {})
    expect((await store.arrive()).forced).toBeUndefined()
  })

  test('an outcome that judges credentials waits for a login, and those behind it do too', async () => {
    const store = await create()
    await store.addOutcome('rateLimited', { retryAfter: '1500ms' })
    await store.addOutcome('serverError', {})
    expect((await store.arrive(obtain())).forced).toBeUndefined()
    expect(await store.takeForCredentials(obtain())).toMatchObject({
      outcome: 'rateLimited',
      retryAfter: 2,
    })
    expect(await store.takeForCredentials(obtain())).toBeUndefined()
    expect((await store.arrive(obtain())).forced).toMatchObject({ outcome: 'serverError' })
  })

  test('pending outcomes are listed with ids, and removed by id', async () => {
    const store = await create()
    const first = await store.addOutcome('serverError', { times: 2 })
    const second = await store.addOutcome('badGateway', { endpoint: 'obtain', username: 'ana' })
    expect(await store.pendingOutcomes()).toEqual([
      { id: first.id, outcome: 'serverError', times: 2 },
      { id: second.id, outcome: 'badGateway', times: 1, endpoint: 'obtain', username: 'ana' },
    ])
    expect([await store.removeOutcome(first.id), await store.removeOutcome(first.id)]).toEqual([
      true,
      false,
    ])
    await store.clearOutcomes()
    expect(await store.pendingOutcomes()).toEqual([])
  })

  test('the clock follows its base, and what was added', async () => {
    const store = await create()
    expect([await store.now(), (await store.arrive()).now]).toEqual([1_000_000, 1_000_000])
    expect(await store.advance(5000)).toBe(1_005_000)
    expect(await store.advance(5000)).toBe(1_010_000)
    expect(await store.setNow(7)).toBe(7)
    expect((await store.arrive()).now).toBe(7)
    await store.resetTime()
    expect(await store.now()).toBe(1_000_000)
  })

  test('the journal numbers its entries and keeps the newest', async () => {
    const store = await create()
    for (const status of [200, 401, 400, 500]) await store.record({ ...ENTRY, status })
    const entries = await store.findEntries({})
    expect(entries.map(({ id, status }) => [id, status])).toEqual([
      [2, 401],
      [3, 400],
      [4, 500],
    ])
    expect(await store.findEntries({ since: 3 })).toEqual([
      { ...ENTRY, time: '1970-01-01T00:16:40.000Z', id: 4, status: 500 },
    ])
    expect((await store.findEntries({ limit: 1 })).map(({ id }) => id)).toEqual([4])
    expect((await store.findEntries({ status: 400 })).map(({ id }) => id)).toEqual([3])
    expect((await store.findEntries(({ id }) => id < 3)).map(({ id }) => id)).toEqual([2])
    await store.clearEntries()
    expect(await store.findEntries({})).toEqual([])
    await store.record(ENTRY)
    expect((await store.findEntries({})).map(({ id }) => id)).toEqual([5])
  })

  test('a password can be compared, and is in no entry', async () => {
    const store = await create()
    await store.record(ENTRY, 'hidden-value')
    const [entry] = await store.findEntries({})
    if (!entry) throw new Error('There is no entry')
    expect(await store.hasPassword(entry, 'hidden-value')).toBe(true)
    expect(await store.hasPassword(entry, 'other')).toBe(false)
    expect(await store.findEntries({ password: 'hidden-value' })).toEqual([entry])
    expect(await store.findEntries({ password: 'other' })).toEqual([])
    expect(JSON.stringify(entry)).not.toContain('hidden-value')
  })

  test('listeners get new entries until they leave', async () => {
    const store = await create()
    const heard: number[] = []
    const first = new Promise<void>((resolve) => {
      const leave = store.subscribe(({ id }) => {
        heard.push(id)
        leave()
        resolve()
      })
    })
    await store.record(ENTRY)
    await first
    await store.record(ENTRY)
    expect(heard).toEqual([1])
  })

  test('token ids are version 4 UUIDs in hex, and differ', async () => {
    const store = await create({ seed: undefined })
    const ids = await store.tokenIds(3)
    expect(new Set(ids).size).toBe(3)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/)
  })

  test('the same seed gives the same token ids, again after a reset', async () => {
    const store = await create()
    const ids = await store.tokenIds(2)
    await store.reset()
    expect(await store.tokenIds(2)).toEqual(ids)
  })

  test('reset brings everything back to what it was at creation', async () => {
    const store = await create()
    for (let index = 0; index < 3; index += 1) await store.attemptLogin(FAILED)
    await store.addOutcome('serverError', {})
    await store.advance(5000)
    await store.record(ENTRY)
    await store.removeUser('ana')
    await store.reset()
    expect(await store.locks()).toEqual([])
    expect(await store.pendingOutcomes()).toEqual([])
    expect(await store.now()).toBe(1_000_000)
    expect(await store.findEntries({})).toEqual([])
    const users = SETTINGS.users.map(({ password, ...user }) => user)
    expect(await store.users()).toMatchObject(users)
    expect(await store.checkPassword('ana', 'a')).toBe(true)
  })
}
