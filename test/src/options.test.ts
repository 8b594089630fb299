import { expect, test } from 'vitest'
import { createZapSign, DEMO_USER, type ZapSignOptions } from '../../src/index.js'
import { resolveOptions } from '../../src/settings.js'

const ANA = { username: 'ana@example.com', password: 'secret-a' }
const BIA = { username: 'bia@example.com', password: 'secret-b' }

test('the defaults are the example user, any organization and the documented lifetimes', () => {
  expect(resolveOptions()).toMatchObject({
    users: [DEMO_USER],
    organizations: undefined,
    accessLifetime: 3_600_000,
    refreshLifetime: 86_400_000,
    loginLimit: {
      attempts: 5,
      window: 60_000,
      count: 'failures',
      key: 'username-in-organization',
      clearedBySuccess: true,
    },
    unauthorizedStatus: 401,
    apiTokens: [],
    journalSize: 1000,
  })
})

test('users without an id get the lowest that is free', () => {
  const users = [ANA, { ...BIA, id: 1 }, { username: 'c', password: 'c' }]
  expect([...createZapSign({ users }).users].map(({ id }) => id)).toEqual([2, 1, 3])
})

test('users are copied: later changes to the options have no effect', () => {
  const user = { ...ANA, organizations: ['1'] }
  const zapsign = createZapSign({ users: [user] })
  user.password = 'changed'
  user.organizations.push('2')
  expect([...zapsign.users]).toEqual([{ id: 1, ...ANA, active: true, organizations: ['1'] }])
})

test('organization ids may be numbers', () => {
  const options = { users: [{ ...ANA, organizations: [11111] }], organizations: [{ id: 11111 }] }
  expect(resolveOptions(options)).toMatchObject({
    users: [{ organizations: ['11111'] }],
    organizations: new Set(['11111']),
  })
})

const KEYS =
  'users, organizations, signingKey, accessLifetime, refreshLifetime, claims, loginLimit, unauthorizedStatus, language, apiTokens, now, seed, warnings, journalSize, faultRate'
const USER_KEYS = 'id, username, password, active, organizations, firstName, lastName'
const NOW =
  'a Date, an ISO 8601 date such as "2026-01-31T12:00:00Z" with its time zone, or milliseconds, or a function that returns one'
const LIFETIME =
  'a duration with a unit, such as "1h", "90s" or "250ms", from 1 second to 36500 days'

test.each<[unknown, TypeError | RangeError | typeof TypeError | typeof RangeError]>([
  [5, new TypeError(`options must be an object with the keys ${KEYS}, got 5`)],
  [
    { usres: [] },
    new TypeError(`usres is not known: options must be an object with the keys ${KEYS}`),
  ],
  [{ users: ANA }, new TypeError('users must be a list of users, got an object')],
  [{ users: [] }, new RangeError('users must be a list with at least one user')],
  [
    { users: [{ username: 'ana' }] },
    new TypeError(
      `users[0].password is missing: users[0] must be an object with the keys ${USER_KEYS}`,
    ),
  ],
  [
    { users: [ANA, { ...BIA, id: '7' }] },
    new TypeError('users[1].id must be a whole number from 1 upwards, got "7"'),
  ],
  [
    { users: [{ ...ANA, id: 0 }] },
    new RangeError('users[0].id must be a whole number from 1 upwards, got 0'),
  ],
  [
    { users: [ANA, { ...BIA, username: ANA.username }] },
    new RangeError('users[1].username must be different for every user, got "ana@example.com"'),
  ],
  [
    {
      users: [
        { ...ANA, id: 3 },
        { ...BIA, id: 3 },
      ],
    },
    new RangeError('users[1].id must be different for every user, got 3'),
  ],
  [
    { users: [{ ...ANA, username: ' ana' }] },
    new RangeError(
      'users[0].username must be a string that is not empty, has no white space at its ends, no NUL and no lone surrogate, got " ana"',
    ),
  ],
  [
    { accessLifetime: 90 },
    new TypeError(`accessLifetime must be ${LIFETIME} (write "90s" or "90ms"), got 90`),
  ],
  [
    { accessLifetime: '90' },
    new RangeError(`accessLifetime must be ${LIFETIME} (write "90s" or "90ms"), got "90"`),
  ],
  [{ accessLifetime: '999ms' }, new RangeError(`accessLifetime must be ${LIFETIME}, got "999ms"`)],
  [{ refreshLifetime: true }, new TypeError(`refreshLifetime must be ${LIFETIME}, got true`)],
  [{ unauthorizedStatus: 404 }, new RangeError('unauthorizedStatus must be 401 or 403, got 404')],
  [{ language: 'pt-BR' }, new RangeError('language must be one of en, pt-br, es, got "pt-BR"')],
  [
    { loginLimit: true },
    new TypeError(
      'loginLimit must be false, or an object with the keys attempts, window, count, key, clearedBySuccess, got true',
    ),
  ],
  [
    { loginLimit: { attempts: 0 } },
    new RangeError('loginLimit.attempts must be a whole number from 1 to 1000000, got 0'),
  ],
  [
    { loginLimit: { count: 'some' } },
    new RangeError('loginLimit.count must be "failures" or "all", got "some"'),
  ],
  [{ apiTokens: ['a b'] }, new RangeError('apiTokens[0] must be a string without white space')],
  [
    { organizations: [{ id: 'a/b' }] },
    new RangeError(
      'organizations[0].id must be an organization id such as "11111": a segment of a path, without white space, got "a/b"',
    ),
  ],
  [
    { now: 'yesterday' },
    new RangeError(
      'now must be a Date, an ISO 8601 date such as "2026-01-31T12:00:00Z" with its time zone, or milliseconds, or a function that returns one, got "yesterday"',
    ),
  ],
  [{ now: '5' }, new RangeError(`now must be ${NOW}, got "5"`)],
  [{ accessLifetime: '1e300d' }, RangeError],
  [{ refreshLifetime: '36501d' }, RangeError],
  [
    { organizations: [{ id: 1 }, { id: '1' }] },
    new RangeError('organizations[1].id must be different for every organization, got "1"'),
  ],
  [{ organizations: [{ id: Number.POSITIVE_INFINITY }] }, RangeError],
  [{ organizations: [{ id: '..' }] }, RangeError],
  [{ organizations: [{ id: '\ud800' }] }, RangeError],
  [{ users: [{ ...ANA, username: 'a\0b' }] }, RangeError],
  [{ users: [{ ...ANA, password: '\udfff' }] }, RangeError],
  [
    { users: [{ ...ANA, organizations: [] }] },
    new RangeError(
      'users[0].organizations must be a list with at least one organization id. Leave it out for any organization, got an array of 0',
    ),
  ],
  [{ organizations: [{ id: ' ' }] }, RangeError],
  [
    { users: [ANA, { ...BIA, organizations: [2, 3] }], organizations: [{ id: 1 }, { id: 2 }] },
    new RangeError('users[1].organizations[1] must be one of the organizations (1, 2), got "3"'),
  ],
  ...[[], ['iat'], new Date(), new Map(), 'iat'].map((claims): [unknown, typeof TypeError] => [
    { claims },
    TypeError,
  ]),
  [
    { claims: { exp: 1 } },
    new RangeError(
      'claims must be an object of claims other than token_type, exp, jti, user_id, company_id, type, or a function that returns one',
    ),
  ],
])('%j is refused with a message that names the place and the way out', (options, error) => {
  expect(() => createZapSign(options as ZapSignOptions)).toThrow(error)
})

test.each([
  [{ users: [{ username: 'ana', password: ' hidden-value' }] }],
  [{ users: [{ username: 'ana', password: { hidden: 'hidden-value' } }] }],
  [{ users: 'ana:hidden-value' }],
  [{ users: ['hidden-value'] }],
  [{ signingKey: ['hidden-value'] }],
  [{ apiTokens: 'hidden-value' }],
  [{ apiTokens: ['hidden-value x'] }],
  [{ claims: 'hidden-value' }],
])('the message for %j does not show what may be secret', (options) => {
  expect(() => createZapSign(options as never)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hidden-value') }),
  )
})

test.each([new Date('2026-01-02T03:04:05Z'), '2026-01-02T03:04:05Z', 1_767_323_045_000])(
  'with now %j the clock stays at that time',
  async (now) => {
    const { time } = createZapSign({ now })
    const first = time.now()
    await new Promise((resolve) => setImmediate(resolve))
    expect([first, time.now()]).toEqual([
      new Date('2026-01-02T03:04:05Z'),
      new Date('2026-01-02T03:04:05Z'),
    ])
  },
)

test('a function for now is called each time', () => {
  let present = 1000
  const { time } = createZapSign({ now: () => present })
  present = 2000
  expect(time.now()).toEqual(new Date(2000))
})
