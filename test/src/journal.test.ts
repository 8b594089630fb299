import { expect, test } from 'vitest'
import { createJournal, type JournalEntry } from '../../src/journal.js'

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

test('very long names and paths are cut', () => {
  const journal = createJournal(10)
  journal.add({ ...ENTRY, username: 'u'.repeat(1_000_000), path: `/${'p'.repeat(9999)}` })
  expect(journal.entries[0]).toMatchObject({
    username: `${'u'.repeat(254)}… (1000000 characters)`,
    path: `/${'p'.repeat(253)}… (10000 characters)`,
  })
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

test('clear empties it', () => {
  const journal = createJournal(1)
  journal.add(ENTRY)
  journal.add(ENTRY)
  journal.clear()
  expect([journal.entries, journal.dropped]).toEqual([[], 0])
})
