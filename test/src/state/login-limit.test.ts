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

function createLimit(rule: Partial<LoginLimitRule> = {}) {
  const clock = { time: 1_000_000 }
  const limit = createLoginLimit({ ...RULE, ...rule })
  const attempt = (succeeded: boolean, name = ANA) =>
    limit.attempt({ ...name, succeeded, now: clock.time })
  const fail = (times: number, name = ANA) => {
    for (let index = 0; index < times; index += 1) attempt(false, name)
  }
  /** Whether the next login is refused. Nothing is counted. */
  const isLocked = (name = ANA) =>
    limit
      .locks(clock.time)
      .some(
        ({ username = name.username, organizationId = name.organizationId }) =>
          username === name.username && organizationId === name.organizationId,
      )
  return { clock, limit, attempt, fail, isLocked }
}

test('a login is refused after as many failures as the rule allows', () => {
  const { attempt, fail } = createLimit()
  fail(2)
  expect(attempt(false)).toEqual({ isAllowed: true })
  expect(attempt(true)).toEqual({ isAllowed: false, until: 1_060_000 })
})

test('a refused login does not count itself', () => {
  const { clock, attempt, fail } = createLimit()
  fail(3)
  clock.time += 59_999
  expect(attempt(false)).toEqual({ isAllowed: false, until: 1_060_000 })
  clock.time += 1
  expect(attempt(true)).toEqual({ isAllowed: true })
})

test('the window slides: old failures leave it one by one', () => {
  const { clock, fail, isLocked } = createLimit()
  fail(1)
  clock.time += 30_000
  fail(2)
  clock.time += 30_000
  expect(isLocked()).toBe(false)
  fail(1)
  expect(isLocked()).toBe(true)
})

test('a successful login clears the failures before it', () => {
  const { attempt, fail, isLocked } = createLimit()
  fail(2)
  attempt(true)
  fail(2)
  expect(isLocked()).toBe(false)
})

test('with clearedBySuccess: false a successful login clears nothing', () => {
  const { attempt, fail, isLocked } = createLimit({ clearedBySuccess: false })
  fail(2)
  attempt(true)
  fail(1)
  expect(isLocked()).toBe(true)
})

test('with count: "all" successful logins count too', () => {
  const { attempt, isLocked } = createLimit({ count: 'all' })
  for (let index = 0; index < 3; index += 1) attempt(true)
  expect(isLocked()).toBe(true)
})

test.each([
  ['username-in-organization', false, false],
  ['username', true, false],
  ['organization', false, true],
] as const)('the key %s decides which logins count together', (key, sameUser, sameOrganization) => {
  const { fail, isLocked } = createLimit({ key })
  fail(3)
  expect(isLocked({ username: 'ana', organizationId: '2' })).toBe(sameUser)
  expect(isLocked({ username: 'bia', organizationId: '1' })).toBe(sameOrganization)
})

test('after the clock is set back, nobody is locked out', () => {
  const { clock, fail, isLocked } = createLimit()
  clock.time += 3_600_000
  fail(3)
  clock.time -= 3_600_000
  expect(isLocked()).toBe(false)
})

test('locks lists the names that are locked, and until when', () => {
  const { clock, limit, fail } = createLimit()
  fail(3)
  fail(2, { username: 'bia', organizationId: '1' })
  expect(limit.locks(clock.time)).toEqual([{ ...ANA, until: 1_060_000 }])
})

test('unlock allows the logins of one name again', () => {
  const { limit, attempt, fail } = createLimit()
  fail(3)
  expect([limit.unlock(ANA), limit.unlock(ANA)]).toEqual([true, false])
  expect(attempt(true)).toEqual({ isAllowed: true })
})

test('clear allows all logins again', () => {
  const { limit, fail, isLocked } = createLimit()
  fail(3)
  limit.clear()
  expect(isLocked()).toBe(false)
})

test('a limit that is switched off allows every login', () => {
  const limit = createLoginLimit(false)
  const decisions = Array.from({ length: 100 }, () =>
    limit.attempt({ ...ANA, succeeded: false, now: 0 }),
  )
  expect(decisions.every(({ isAllowed }) => isAllowed)).toBe(true)
})

test('the limit is exact for the 10,000 names with the most recent failures', () => {
  const { fail, isLocked } = createLimit({ attempts: 1 })
  for (let index = 0; index < 10_050; index += 1) {
    fail(1, { username: `user${index}`, organizationId: '1' })
  }
  expect(isLocked({ username: 'user49', organizationId: '1' })).toBe(false)
  expect(isLocked({ username: 'user50', organizationId: '1' })).toBe(true)
  expect(isLocked({ username: 'user10049', organizationId: '1' })).toBe(true)
})

test('a limit of many logins forgets them when the window has passed', () => {
  const { clock, fail, isLocked } = createLimit({ attempts: 100_000, window: 1000 })
  fail(99_999)
  expect(isLocked()).toBe(false)
  fail(2)
  expect(isLocked()).toBe(true)
  clock.time += 1000
  expect(isLocked()).toBe(false)
})

test('of more than a million logins the most recent are kept', () => {
  const { fail, isLocked } = createLimit({ attempts: 600_000 })
  const bia = { ...ANA, username: 'bia' }
  fail(600_000)
  fail(600_000, bia)
  expect([isLocked(), isLocked(bia)]).toEqual([false, true])
})

test('the limit agrees with counting the failures of the last window by hand', () => {
  const events = fc.array(fc.tuple(fc.integer({ min: 0, max: 40_000 }), fc.boolean()), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(events, (steps) => {
      const { clock, attempt } = createLimit()
      let failures: number[] = []
      for (const [pause, succeeded] of steps) {
        clock.time += pause
        const recent = failures.filter((time) => clock.time - time < RULE.window)
        const isAllowed = recent.length < RULE.attempts
        expect(attempt(succeeded).isAllowed).toBe(isAllowed)
        if (isAllowed) failures = succeeded ? [] : [...recent, clock.time]
      }
    }),
  )
})
