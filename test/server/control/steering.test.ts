import { afterEach, describe, expect, test } from 'vitest'
import { type Control, connect, startServer, type ZapSignServer } from '../../../server/index.js'
import type { JournalEntry, ZapSign } from '../../../src/index.js'
import { CREDENTIALS, JSON_TYPE, payloadOf } from '../../support.js'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
})

/** The handle in this process, with the methods of `connect()`. */
function throughHandle(zapsign: ZapSign): Control {
  const { time, outcomes, journal, users } = zapsign
  const withoutPassword = ({ password, ...user }: { password: string }) => user as never
  return {
    time: {
      now: async () => time.now(),
      advance: async (duration) => time.advance(duration),
      set: async (instant) => time.set(instant),
      reset: async () => time.reset(),
    },
    outcomes: {
      next: async (name, options) => outcomes.next(name, options),
      pending: async () => [...outcomes.pending],
      clear: async () => outcomes.clear(),
    },
    journal: {
      entries: async () => [...journal.entries],
      find: async (filter) => journal.find(filter),
      count: async (filter) => journal.count(filter),
      dropped: async () => journal.dropped,
      subscribe: async (listener) => journal.subscribe(listener),
      clear: async () => journal.clear(),
    },
    users: {
      list: async () => [...users].map(withoutPassword),
      length: async () => users.length,
      find: async (username) => {
        const found = users.find(username)
        return found && withoutPassword(found)
      },
      add: async (user) => withoutPassword(users.add(user)),
      update: async (username, changes) => withoutPassword(users.update(username, changes)),
      remove: async (username) => users.remove(username),
    },
    issueTokenPair: (username, options) => zapsign.issueTokenPair(username, options),
    reset: async () => zapsign.reset(),
  }
}

const DRIVERS: [string, (server: ZapSignServer) => Control | Promise<Control>][] = [
  ['the handle', ({ zapsign }) => throughHandle(zapsign)],
  ['connect()', ({ url }) => connect(url)],
]

interface Mock {
  control: Control
  /** Signs in, and resolves to the status. */
  signIn(credentials?: Partial<typeof CREDENTIALS>): Promise<number>
  /** Calls a protected endpoint, and resolves to the status. */
  call(access: string): Promise<number>
  refresh(): Promise<number>
}

/** One case of behavior. It runs with every driver. */
const CASES: Record<string, (mock: Mock) => Promise<void>> = {
  'the clock follows the system, advances, is set and forgets both': async ({ control }) => {
    const before = Date.now()
    const now = (await control.time.now()).getTime()
    expect([now >= before, now <= Date.now()]).toEqual([true, true])
    const advanced = await control.time.advance('61m')
    expect(advanced.getTime() - now).toBeGreaterThanOrEqual(61 * 60_000)
    const set = await control.time.set('2030-01-31T12:00:00Z')
    expect(set.toISOString()).toBe('2030-01-31T12:00:00.000Z')
    expect((await control.time.now()).toISOString()).toMatch(/^2030-01-31T12:00/)
    await control.time.reset()
    expect((await control.time.now()).getTime()).toBeLessThan(before + 60_000)
  },

  'the clock is set to a Date and to milliseconds': async ({ control }) => {
    const date = new Date('2031-02-03T04:05:06.789Z')
    expect(await control.time.set(date)).toEqual(date)
    expect(await control.time.set(date.getTime())).toEqual(date)
  },

  'an access token expires when the clock has passed an hour': async ({ control, call }) => {
    const { access } = await control.issueTokenPair()
    expect(await call(access)).toBe(200)
    await control.time.advance('1h')
    expect(await call(access)).toBe(401)
  },

  'a clock does not go to what is not a time': async ({ control }) => {
    await expect(control.time.advance('soon' as never)).rejects.toThrow(
      /must be a duration with a unit, .*, got "soon"/,
    )
    await expect(control.time.advance(5 as never)).rejects.toThrow(/write "5s" or "5ms"/)
    await expect(control.time.advance('-1s')).rejects.toThrow(/must be a duration/)
    await expect(control.time.set('2030-02-30')).rejects.toThrow(/must be .* ISO 8601 date/)
    await expect(control.time.advance('99999999d')).rejects.toThrow(/years that a Date can hold/)
  },

  'an outcome is forced once, N times, and until it is cleared': async ({ control, signIn }) => {
    await control.outcomes.next('rateLimited')
    expect([await signIn(), await signIn()]).toEqual([400, 200])
    await control.outcomes.next('serverError', { times: 2 })
    expect([await signIn(), await signIn(), await signIn()]).toEqual([500, 500, 200])
    await control.outcomes.next('badGateway', { times: Number.POSITIVE_INFINITY })
    expect([await signIn(), await signIn(), await signIn()]).toEqual([502, 502, 502])
    await control.outcomes.clear()
    expect(await signIn()).toBe(200)
  },

  'pending outcomes are listed with their aim': async ({ control }) => {
    await control.outcomes.next('rateLimited', { endpoint: 'obtain', retryAfter: '5s' })
    await control.outcomes.next('timeout', { times: Number.POSITIVE_INFINITY, username: 'ana' })
    expect(await control.outcomes.pending()).toEqual([
      { id: 1, outcome: 'rateLimited', times: 1, endpoint: 'obtain', retryAfter: '5s' },
      { id: 2, outcome: 'timeout', times: Number.POSITIVE_INFINITY, username: 'ana' },
    ])
  },

  'an outcome is aimed at an endpoint': async ({ control, signIn, refresh }) => {
    await control.outcomes.next('serviceUnavailable', { endpoint: 'refresh' })
    expect([await signIn(), await refresh(), await refresh()]).toEqual([200, 503, 401])
  },

  'an outcome is aimed at a user': async ({ control, signIn }) => {
    await control.users.add({ username: 'ana', password: 'abc' })
    await control.outcomes.next('invalidCredentials', { username: 'ana' })
    const ana = { username: 'ana', password: 'abc' }
    expect([await signIn(), await signIn(ana), await signIn(ana)]).toEqual([200, 401, 200])
  },

  'a wrong outcome is refused': async ({ control }) => {
    const { next } = control.outcomes
    await expect(next('rateLimit' as never)).rejects.toThrow(
      /^outcome must be one of authenticated, .*, got "rateLimit"$/,
    )
    await expect(next('timeout', { times: 0 })).rejects.toThrow(/^times must be a whole number/)
    await expect(next('timeout', { tims: 1 } as never)).rejects.toThrow(/^tims is not known/)
    await expect(next('timeout', { retryAfter: '1s' })).rejects.toThrow(/^retryAfter applies only/)
    expect(await control.outcomes.pending()).toEqual([])
  },

  'requests are found by what they have': async ({ control, signIn, call }) => {
    await signIn()
    await signIn({ password: 'wrong' })
    await signIn({ username: 'nobody' })
    await call('a.b.c')
    const ids = async (filter: Parameters<Control['journal']['find']>[0]) =>
      (await control.journal.find(filter)).map(({ id }) => id)
    expect(await ids(undefined)).toEqual([1, 2, 3, 4])
    expect(await ids('authenticated')).toEqual([1])
    expect(await ids({ status: 401, outcome: 'invalidCredentials' })).toEqual([2, 3])
    expect(await ids({ username: 'nobody' })).toEqual([3])
    expect(await ids({ path: '/api/v1/docs/' })).toEqual([4])
    expect(await ids({ since: 2 })).toEqual([3, 4])
    expect(await ids({ limit: 2 })).toEqual([3, 4])
    expect(await ids({ limit: 0 })).toEqual([])
    expect(await ids(({ reason }) => reason === 'wrong password')).toEqual([2])
    expect(await control.journal.count()).toBe(4)
    expect(await control.journal.count({ status: 401, limit: 1 })).toBe(1)
    expect(await control.journal.count(({ id }) => id > 1)).toBe(3)
    expect(await control.journal.dropped()).toBe(0)
    expect((await control.journal.entries()).map(({ status }) => status)).toEqual([
      200, 401, 401, 401,
    ])
    await control.journal.clear()
    expect(await control.journal.entries()).toEqual([])
  },

  'a wrong filter is refused': async ({ control }) => {
    await expect(control.journal.find({ outcome: 'rateLimit' as never })).rejects.toThrow(
      /^outcome must be one of/,
    )
    await expect(control.journal.count({ usrname: 'x' } as never)).rejects.toThrow(
      /^usrname is not known/,
    )
    await expect(control.journal.find({ limit: -1 })).rejects.toThrow(/^limit must be a whole/)
  },

  'a listener hears of requests until it is unsubscribed': async ({ control, signIn }) => {
    const heard: JournalEntry[] = []
    let awake = () => {}
    const unsubscribe = await control.journal.subscribe((entry) => {
      heard.push(entry)
      awake()
    })
    const arrived = new Promise<void>((resolve) => {
      awake = resolve
    })
    await signIn()
    await arrived
    unsubscribe()
    await signIn()
    expect(heard).toEqual((await control.journal.entries()).slice(0, 1))
  },

  'users are added, changed and removed, and never show a password': async ({
    control,
    signIn,
  }) => {
    const ana = { username: 'ana@example.com.br', password: 'Abc/1' }
    const added = await control.users.add({ ...ana, organizations: ['11111'] })
    expect(added).toEqual({ id: 2, username: ana.username, active: true, organizations: ['11111'] })
    expect(await signIn(ana)).toBe(200)
    expect(await control.users.update(ana.username, { active: false })).toEqual({
      ...added,
      active: false,
    })
    expect(await signIn(ana)).toBe(401)
    await control.users.update(ana.username, { username: 'a/b c', active: true })
    expect(await control.users.find(ana.username)).toBeUndefined()
    expect(await control.users.find('a/b c')).toEqual({ ...added, username: 'a/b c' })
    expect(await control.users.length()).toBe(2)
    await control.users.remove('a/b c')
    expect((await control.users.list()).map(({ username }) => username)).toEqual([
      CREDENTIALS.username,
    ])
  },

  'a wrong user is refused': async ({ control }) => {
    const { add, update, remove } = control.users
    const { username } = CREDENTIALS
    await expect(add({ username, password: 'x' })).rejects.toThrow(`"${username}"`)
    await expect(add({ username: 'ana' } as never)).rejects.toThrow(/password is missing/)
    await expect(add({ username: 'ana', password: ' secret' })).rejects.toThrow(
      /password must be a string .* white space at its ends/,
    )
    await expect(add({ username: 'ana', password: ' secret' })).rejects.not.toThrow(/secret/)
    await expect(update('nobody', {})).rejects.toThrow(/^There is no user "nobody"\. Users: dev@/)
    await expect(update(username, { id: 5 } as never)).rejects.toThrow(/id is not known/)
    await expect(remove('nobody')).rejects.toThrow(/^There is no user "nobody"/)
  },

  'a token pair is issued with chosen lifetimes': async ({ control, call }) => {
    const { access, refresh } = await control.issueTokenPair(CREDENTIALS.username, {
      organization: 22222,
      accessLifetime: '-1s',
      refreshLifetime: '2d',
    })
    expect(payloadOf(access)).toMatchObject({ token_type: 'access', company_id: 22222 })
    expect(payloadOf(refresh)).toMatchObject({ token_type: 'refresh', company_id: 22222 })
    expect(Number(payloadOf(refresh)['exp']) - Number(payloadOf(access)['exp'])).toBe(172_801)
    expect(await call(access)).toBe(401)
  },

  'a token pair is not issued for what does not exist': async ({ control }) => {
    await expect(control.issueTokenPair('nobody')).rejects.toThrow(/^There is no user "nobody"/)
    await expect(
      control.issueTokenPair(undefined, { accessLifetime: 60 as never }),
    ).rejects.toThrow(/^accessLifetime must be a duration/)
    await expect(control.issueTokenPair(undefined, { lifetime: 1 } as never)).rejects.toThrow(
      /^lifetime is not known/,
    )
  },

  'reset clears everything, and restores the initial users': async ({ control, signIn }) => {
    for (let attempt = 0; attempt < 5; attempt += 1) await signIn({ password: 'wrong' })
    expect(await signIn()).toBe(400)
    await control.outcomes.next('serverError')
    await control.time.set('2040-01-01')
    await control.users.add({ username: 'ana', password: 'abc' })
    await control.users.update(CREDENTIALS.username, { active: false })
    await control.reset()
    expect(await control.journal.entries()).toEqual([])
    expect(await control.outcomes.pending()).toEqual([])
    expect(await control.users.list()).toEqual([
      { id: 1, username: CREDENTIALS.username, active: true },
    ])
    expect((await control.time.now()).getFullYear()).toBeLessThan(2040)
    expect(await signIn()).toBe(200)
  },
}

describe.each(DRIVERS)('through %s', (_, drive) => {
  test.each(Object.entries(CASES))('%s', async (_, run) => {
    const server = await startServer()
    closers.push(server.close)
    const api = `${server.url}/api/v1`
    const post = async (path: string, body: object) => {
      const init = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) }
      return (await fetch(api + path, init)).status
    }
    await run({
      control: await drive(server),
      signIn: (credentials) => post('/auth/token/11111/', { ...CREDENTIALS, ...credentials }),
      refresh: () => post('/auth/token-refresh/', { refresh: 'a.b.c' }),
      call: async (access) =>
        (await fetch(`${api}/docs/`, { headers: { authorization: `Bearer ${access}` } })).status,
    })
  })
})
