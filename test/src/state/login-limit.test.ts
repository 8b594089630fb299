import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLoginLimit, type LoginLimitRule } from '../../../src/state/login-limit.js'

const RULE: LoginLimitRule = {
  attempts: 3,
  window: 60_000,
  count: 'failures',
  key: 'username-in-organization',
  clearedBySuccess: true,
}
const ANA = { username: 'ana', organizationId: '1' }
const FAILED = { succeeded: false }
const SUCCEEDED = { succeeded: true }

function createLimit(rule: Partial<LoginLimitRule> = {}) {
  const clock = { time: 1_000_000 }
  const limit = createLoginLimit({ ...RULE, ...rule }, () => new Date(clock.time))
  const fail = (times: number, attempt = ANA) => {
    for (let index = 0; index < times; index += 1) limit.record(attempt, FAILED)
  }
  return { clock, limit, fail }
}

test('it is reached when as many logins have failed as are allowed', () => {
  const { limit, fail } = createLimit()
  fail(2)
  expect(limit.isReached(ANA)).toBe(false)
  fail(1)
  expect(limit.isReached(ANA)).toBe(true)
})

test('a failure stops counting as soon as the window has passed', () => {
  const { clock, limit, fail } = createLimit()
  fail(3)
  clock.time += 59_999
  expect(limit.isReached(ANA)).toBe(true)
  clock.time += 1
  expect(limit.isReached(ANA)).toBe(false)
})

test('the window slides: old failures leave it one by one', () => {
  const { clock, limit, fail } = createLimit()
  fail(1)
  clock.time += 30_000
  fail(2)
  clock.time += 30_000
  expect(limit.isReached(ANA)).toBe(false)
  fail(1)
  expect(limit.isReached(ANA)).toBe(true)
})

test('a successful login clears the failures before it', () => {
  const { limit, fail } = createLimit()
  fail(2)
  limit.record(ANA, SUCCEEDED)
  fail(2)
  expect(limit.isReached(ANA)).toBe(false)
})

test('a successful login clears nothing where it is told not to', () => {
  const { limit, fail } = createLimit({ clearedBySuccess: false })
  fail(2)
  limit.record(ANA, SUCCEEDED)
  fail(1)
  expect(limit.isReached(ANA)).toBe(true)
})

test('successful logins count too where all do', () => {
  const { limit } = createLimit({ count: 'all' })
  for (let index = 0; index < 3; index += 1) limit.record(ANA, SUCCEEDED)
  expect(limit.isReached(ANA)).toBe(true)
})

test.each([
  ['username-in-organization', false, false],
  ['username', true, false],
  ['organization', false, true],
] as const)('counted by %s, others are told apart by it', (key, sameUser, sameOrganization) => {
  const { limit, fail } = createLimit({ key })
  fail(3)
  expect(limit.isReached({ username: 'ana', organizationId: '2' })).toBe(sameUser)
  expect(limit.isReached({ username: 'bia', organizationId: '1' })).toBe(sameOrganization)
})

test('a clock that is set back leaves nobody locked out', () => {
  const { clock, limit, fail } = createLimit()
  clock.time += 3_600_000
  fail(3)
  clock.time -= 3_600_000
  expect(limit.isReached(ANA)).toBe(false)
})

test('clear lets everybody in again', () => {
  const { limit, fail } = createLimit()
  fail(3)
  limit.clear()
  expect(limit.isReached(ANA)).toBe(false)
})

test('switched off, it is never reached', () => {
  const limit = createLoginLimit(false, () => new Date())
  for (let index = 0; index < 100; index += 1) limit.record(ANA, FAILED)
  expect(limit.isReached(ANA)).toBe(false)
})

test('of very many names, those that failed last are remembered', () => {
  const { limit, fail } = createLimit({ attempts: 1 })
  for (let index = 0; index < 10_050; index += 1) {
    fail(1, { username: `user${index}`, organizationId: '1' })
  }
  expect(limit.isReached({ username: 'user49', organizationId: '1' })).toBe(false)
  expect(limit.isReached({ username: 'user50', organizationId: '1' })).toBe(true)
  expect(limit.isReached({ username: 'user10049', organizationId: '1' })).toBe(true)
})

test('a limit of many logins is counted as fast as one of few, and forgets in time', () => {
  const { clock, limit, fail } = createLimit({ attempts: 100_000, window: 1000 })
  fail(99_999)
  expect(limit.isReached(ANA)).toBe(false)
  fail(2)
  expect(limit.isReached(ANA)).toBe(true)
  clock.time += 1000
  expect(limit.isReached(ANA)).toBe(false)
})

test('of very many logins, the last are remembered, whosever they are', () => {
  const { limit, fail } = createLimit({ attempts: 600_000 })
  const bia = { ...ANA, username: 'bia' }
  fail(600_000)
  fail(600_000, bia)
  expect([limit.isReached(ANA), limit.isReached(bia)]).toEqual([false, true])
})

test('it agrees with counting the failures of the last window by hand', () => {
  const events = fc.array(fc.tuple(fc.integer({ min: 0, max: 40_000 }), fc.boolean()), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(events, (steps) => {
      const { clock, limit } = createLimit()
      let failures: number[] = []
      for (const [pause, succeeded] of steps) {
        clock.time += pause
        const recent = failures.filter((time) => clock.time - time < RULE.window)
        expect(limit.isReached(ANA)).toBe(recent.length >= RULE.attempts)
        if (recent.length >= RULE.attempts) continue
        limit.record(ANA, { succeeded })
        failures = succeeded ? [] : [...recent, clock.time]
      }
    }),
  )
})
