import { afterEach, expect, test, vi } from 'vitest'
import { createZapSign } from '../../../src/index.js'
import { createSecretIndex } from '../../../src/secret-index.js'
import { createEntryLog, type NewEntry } from '../../../src/state/journal.js'
import { failToSignIn, signIn } from '../../support.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

const ENTRY: NewEntry = {
  time: Date.UTC(2026, 0, 1),
  method: 'POST',
  path: '/api/v1/auth/token/11111/',
  status: 401,
  outcome: 'invalidCredentials',
  source: 'documented',
  username: 'ana',
  duration: 1,
}

test('the journal keeps entries in their order', () => {
  const journal = createEntryLog(10)
  journal.add(ENTRY)
  journal.add({ ...ENTRY, username: 'bia' })
  expect(journal.entries.map(({ username }) => username)).toEqual(['ana', 'bia'])
})

test('a full journal drops its oldest entries and counts them', () => {
  const journal = createEntryLog(2)
  for (const username of ['a', 'b', 'c', 'd']) journal.add({ ...ENTRY, username })
  expect(journal.entries.map(({ username }) => username)).toEqual(['c', 'd'])
  expect(journal.dropped).toBe(2)
})

test('a journal of size 0 keeps nothing', () => {
  const journal = createEntryLog(0)
  journal.add(ENTRY)
  expect(journal.entries).toEqual([])
})

test('entries are numbered from 1, also after clear', () => {
  const journal = createEntryLog(10)
  journal.add(ENTRY)
  journal.clear()
  journal.add(ENTRY)
  expect(journal.entries.map(({ id }) => id)).toEqual([2])
})

test('find takes values, a password, a function, since and limit', () => {
  const journal = createEntryLog(10)
  journal.add(ENTRY, 'first')
  journal.add({ ...ENTRY, status: 200, outcome: 'authenticated' }, 'second')
  const ids = (filter: Parameters<typeof journal.find>[0]) =>
    journal.find(filter).map(({ id }) => id)
  expect(ids({})).toEqual([1, 2])
  expect(ids({ outcome: 'authenticated', status: 200 })).toEqual([2])
  expect(ids({ outcome: 'authenticated', status: 401 })).toEqual([])
  expect(ids({ username: 'ana', password: 'second' })).toEqual([2])
  expect(ids({ password: 'third' })).toEqual([])
  expect(ids(({ status }) => status < 400)).toEqual([2])
  expect(ids({ since: 1 })).toEqual([2])
  expect(ids({ limit: 1 })).toEqual([2])
  expect(ids({ limit: 0 })).toEqual([])
})

test('a password can be compared, and is in no entry', () => {
  const journal = createEntryLog(10)
  journal.add(ENTRY, 'hidden-value')
  const [entry] = journal.entries
  if (!entry) throw new Error('There is no entry')
  expect([journal.hasPassword(entry, 'hidden-value'), journal.hasPassword(entry, 'other')]).toEqual(
    [true, false],
  )
  expect(JSON.stringify(journal.entries)).not.toContain('hidden-value')
})

test('the configured password of a user can be compared too, and is in no entry', () => {
  const journal = createEntryLog(10, createSecretIndex(['configured-value']))
  journal.add(ENTRY, 'configured-value')
  const [entry] = journal.entries
  if (!entry) throw new Error('There is no entry')
  expect([
    journal.hasPassword(entry, 'configured-value'),
    journal.hasPassword(entry, 'other'),
  ]).toEqual([true, false])
  expect(JSON.stringify(journal)).not.toContain('configured-value')
})

test('an entry is created once, when it is read', () => {
  const journal = createEntryLog(10)
  journal.add(ENTRY)
  expect(journal.entries[0]).toBe(journal.find({})[0])
  expect(journal.entries[0]).toEqual({ ...ENTRY, id: 1, time: '2026-01-01T00:00:00.000Z' })
})

test('of thousands of entries the newest are kept, and the others counted', () => {
  const journal = createEntryLog(3)
  for (let index = 0; index < 2000; index += 1) journal.add(ENTRY)
  expect([journal.entries.map(({ id }) => id), journal.dropped]).toEqual([[1998, 1999, 2000], 1997])
})

test('an entry without a password matches no password', () => {
  const journal = createEntryLog(10)
  journal.add(ENTRY)
  expect(journal.find({ password: '' })).toEqual([])
})

test('find and count take the name of an outcome', async () => {
  const zapsign = createZapSign()
  await failToSignIn(zapsign, 2)
  await signIn(zapsign)
  const { journal } = zapsign
  expect([journal.count('invalidCredentials'), journal.count('rateLimited')]).toEqual([2, 0])
  expect(journal.find('authenticated').map(({ status }) => status)).toEqual([200])
  expect(journal.count()).toBe(3)
})

test.each([
  ['statuss', { statuss: 401 }, /^statuss is not known: filter must be an object with the keys /],
  ['a status as text', { status: '401' }, /^status must be a number, got "401"$/],
  [
    'an outcome that does not exist',
    { outcome: 'ratelimited' },
    /^outcome must be one of authenticated, /,
  ],
  ['a name that does not exist', 'ratelimited', /^outcome must be one of authenticated, /],
  ['a number', 401, /^filter must be an object with the keys .*, got 401$/],
  ['null', null, /^filter must be an object with the keys .*, got null$/],
  ['a list', [], /^filter must be an object with the keys /],
])('count refuses %s instead of finding nothing', (_, filter, message) => {
  expect(() => createZapSign().journal.count(filter as never)).toThrow(message)
})

test('subscribers get new entries until they leave', () => {
  const journal = createEntryLog(10)
  const heard: string[] = []
  const leave = journal.subscribe(({ outcome }) => heard.push(outcome))
  journal.add(ENTRY)
  leave()
  journal.add(ENTRY)
  expect(heard).toEqual(['invalidCredentials'])
})

test('a listener must be a function', () => {
  expect(() => createZapSign().journal.subscribe('x' as never)).toThrow(
    new TypeError('journal.subscribe() takes a function, got "x"'),
  )
})

test('when a listener throws, the other listeners still get the entry', async () => {
  const journal = createEntryLog(1)
  const heard: string[] = []
  const thrown = new Promise((resolve) => {
    vi.stubGlobal('queueMicrotask', (task: () => void) => {
      try {
        task()
      } catch (error) {
        resolve(error)
      }
    })
  })
  journal.subscribe(() => {
    throw new Error('a listener')
  })
  journal.subscribe(({ outcome }) => heard.push(outcome))
  journal.add(ENTRY)
  expect(heard).toEqual(['invalidCredentials'])
  expect(await thrown).toEqual(new Error('a listener'))
})

test('clear removes all entries', () => {
  const journal = createEntryLog(1)
  journal.add(ENTRY)
  journal.add(ENTRY)
  journal.clear()
  expect([journal.entries, journal.dropped]).toEqual([[], 0])
})
