import { afterEach, expect, test, vi } from 'vitest'
import { createJournal, type JournalEntry } from '../../../src/state/journal.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

const ENTRY: JournalEntry = {
  time: '2026-01-01T00:00:00.000Z',
  method: 'POST',
  path: '/api/v1/auth/token/11111/',
  status: 401,
  outcome: 'invalidCredentials',
  basis: 'documented',
  username: 'ana',
  duration: 1,
}

test('it keeps entries in their order', () => {
  const journal = createJournal(10)
  journal.add(ENTRY)
  journal.add({ ...ENTRY, username: 'bia' })
  expect(journal.entries.map(({ username }) => username)).toEqual(['ana', 'bia'])
})

test('when it is full, the oldest give way and are counted', () => {
  const journal = createJournal(2)
  for (const username of ['a', 'b', 'c', 'd']) journal.add({ ...ENTRY, username })
  expect(journal.entries.map(({ username }) => username)).toEqual(['c', 'd'])
  expect(journal.dropped).toBe(2)
})

test('a journal of size 0 keeps nothing', () => {
  const journal = createJournal(0)
  journal.add(ENTRY)
  expect(journal.entries).toEqual([])
})

test('count takes values, a password, a function, or nothing', () => {
  const journal = createJournal(10)
  journal.add(ENTRY, 'first')
  journal.add({ ...ENTRY, status: 200, outcome: 'authenticated' }, 'second')
  expect(journal.count()).toBe(2)
  expect(journal.count({ outcome: 'authenticated', status: 200 })).toBe(1)
  expect(journal.count({ outcome: 'authenticated', status: 401 })).toBe(0)
  expect(journal.count({ username: 'ana', password: 'second' })).toBe(1)
  expect(journal.count({ password: 'third' })).toBe(0)
  expect(journal.count(({ status }) => status < 400)).toBe(1)
})

test('a password can be compared and is nowhere to be found', () => {
  const journal = createJournal(10)
  journal.add(ENTRY, 'hidden-value')
  const [entry = ENTRY] = journal.entries
  expect([journal.hasPassword(entry, 'hidden-value'), journal.hasPassword(entry, 'other')]).toEqual(
    [true, false],
  )
  expect(JSON.stringify(journal.entries)).not.toContain('hidden-value')
})

test('an entry without a password matches none', () => {
  const journal = createJournal(10)
  journal.add(ENTRY)
  expect(journal.count({ password: '' })).toBe(0)
})

test('count takes the name of an outcome', () => {
  const journal = createJournal(10)
  journal.add(ENTRY)
  expect([journal.count('invalidCredentials'), journal.count('rateLimited')]).toEqual([1, 0])
})

test.each([
  ['statuss', { statuss: 401 }, /^statuss is not known: a filter must be an object with the keys /],
  ['a status as text', { status: '401' }, /^status must be a number, got "401"$/],
  [
    'an outcome that is none',
    { outcome: 'ratelimited' },
    /^outcome must be one of authenticated, /,
  ],
  ['a name that is none', 'ratelimited', /^outcome must be one of authenticated, /],
  ['a number', 401, /^a filter must be an object with the keys .*, got 401$/],
  ['null', null, /^a filter must be an object with the keys .*, got null$/],
  ['a list', [], /^a filter must be an object with the keys /],
])('count refuses %s, and does not find nothing', (_, filter, message) => {
  expect(() => createJournal(10).count(filter as never)).toThrow(message)
})

test('subscribers hear of new entries until they leave', () => {
  const journal = createJournal(10)
  const heard: string[] = []
  const leave = journal.subscribe(({ outcome }) => heard.push(outcome))
  journal.add(ENTRY)
  leave()
  journal.add(ENTRY)
  expect(heard).toEqual(['invalidCredentials'])
})

test('what is no listener is refused', () => {
  expect(() => createJournal(1).subscribe('x' as never)).toThrow(
    new TypeError('journal.subscribe takes a function, got "x"'),
  )
})

test('a listener that throws keeps nobody from being told', async () => {
  const journal = createJournal(1)
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

test('clear empties it', () => {
  const journal = createJournal(1)
  journal.add(ENTRY)
  journal.add(ENTRY)
  journal.clear()
  expect([journal.entries, journal.dropped]).toEqual([[], 0])
})
