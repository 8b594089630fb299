import { expect, test } from 'vitest'
import { configure, type Sources } from '../../../../server/cli/configuration/configuration.js'
import { readEnvironment } from '../../../../server/cli/flags/environment.js'
import type { SettingValues } from '../../../../server/cli/flags/settings.js'

const combine = (sources: Partial<Sources>) => configure({ flags: {}, environment: {}, ...sources })
const file = (content: unknown) => ({ name: 'my.yaml', content })

test('flags take precedence over the environment, and the environment over the file', () => {
  const sources = {
    flags: { port: 1 },
    environment: { port: 2, host: 'localhost' },
    file: file({ port: 3, host: '::1', language: 'es' }),
  }
  expect(combine(sources)).toMatchObject({
    server: { port: 1, host: 'localhost' },
    zapsign: { language: 'es' },
  })
})

test('each setting gets its place in the options', () => {
  const flags = {
    username: 'ana',
    organization: '7',
    apiToken: ['a', 'b'],
    loginAttempts: 2,
    loginWindow: '5s',
    users: 3,
    locale: 'es',
  }
  expect(combine({ flags })).toEqual({
    nameOf: expect.any(Function),
    zapsign: {
      users: [{ username: 'ana', password: 'StrongPassword123' }],
      organizations: [{ id: '7' }],
      apiTokens: ['a', 'b'],
      loginLimit: { attempts: 2, window: '5s' },
    },
    server: {},
    fixtures: { count: 3, locale: 'es' },
  })
})

test('a flag replaces one value of the file’s login limit', () => {
  const limited = file({ loginLimit: { attempts: 9, count: 'all' } })
  expect(combine({ flags: { loginAttempts: 2 }, file: limited }).zapsign.loginLimit).toEqual({
    attempts: 2,
    count: 'all',
  })
  expect(combine({ flags: { noLoginLimit: false }, file: limited }).zapsign.loginLimit).toBe(false)
  expect(
    combine({ flags: { loginAttempts: 2 }, file: file({ loginLimit: false }) }).zapsign.loginLimit,
  ).toEqual({ attempts: 2 })
})

test('a flag about the login limit overrules only the variables that contradict it', () => {
  const switchedOff = { noLoginLimit: false }
  const described = { loginAttempts: 2, loginWindow: '5s' }
  expect(
    combine({ flags: { loginAttempts: 3 }, environment: switchedOff }).zapsign.loginLimit,
  ).toEqual({
    attempts: 3,
  })
  expect(combine({ flags: switchedOff, environment: described }).zapsign.loginLimit).toBe(false)
  expect(
    combine({ flags: { loginAttempts: 3 }, environment: described }).zapsign.loginLimit,
  ).toEqual({
    attempts: 3,
    window: '5s',
  })
})

test('a variable can turn on the login limit that the file turns off', () => {
  const environment = readEnvironment({ ZAPSIGN_MOCK_NO_LOGIN_LIMIT: 'false' })
  const unlimited = file({ loginLimit: false })
  expect(combine({ environment, file: unlimited }).zapsign.loginLimit).toEqual({})
  expect(
    combine({ environment: { ...environment, loginAttempts: 2 }, file: unlimited }).zapsign
      .loginLimit,
  ).toEqual({ attempts: 2 })
  expect(
    combine({ environment, file: file({ loginLimit: { attempts: 9 } }) }).zapsign.loginLimit,
  ).toEqual({
    attempts: 9,
  })
})

test('variables about generated users are ignored without a number of users', () => {
  const environment = { locale: 'es', usersFile: 'x' }
  expect(combine({ environment }).fixtures).toBeUndefined()
  expect(combine({ environment, flags: { users: 2 } }).fixtures).toEqual({
    count: 2,
    locale: 'es',
    file: 'x',
  })
})

const ANA = { username: 'ana', password: 'a', id: 7, organizations: [11111, 22] }
const BOB = { username: 'bob', password: 'b', organizations: [33] }

test.each<[SettingValues, object[]]>([
  [{}, [ANA, BOB]],
  [{ password: 'new' }, [{ ...ANA, password: 'new' }, BOB]],
  [{ username: 'bob' }, [BOB]],
  [{ username: 'bob', password: 'new' }, [{ ...BOB, password: 'new' }]],
  [{ username: 'zoe' }, [{ username: 'zoe', password: 'StrongPassword123' }]],
  [{ username: 'zoe', password: 'z' }, [{ username: 'zoe', password: 'z' }]],
  [{ organization: '22' }, [{ ...ANA, organizations: ['22'] }]],
  [{ organization: '33' }, [{ ...BOB, organizations: ['33'] }]],
  [{ organization: '44', username: 'zoe' }, [{ username: 'zoe', password: 'StrongPassword123' }]],
])('%j selects users of the file', (flags, users) => {
  expect(combine({ flags, file: file({ users: [ANA, BOB] }) }).zapsign.users).toEqual(users)
})

test.each<[Partial<Sources>, string]>([
  [{ flags: { port: 'abc' } }, '--port must be a whole number from 0 to 65535, got "abc"'],
  [
    { environment: { port: 70_000 } },
    'ZAPSIGN_MOCK_PORT must be a whole number from 0 to 65535, got 70000',
  ],
  [{ file: file({ port: '1' }) }, 'my.yaml: port must be a whole number from 0 to 65535, got "1"'],
  [
    { file: file({ prot: 1 }) },
    'my.yaml: prot is not known: my.yaml must be an object with the keys port, host, ',
  ],
  [
    { file: file({ loginLimit: { attempt: 3 } }) },
    'my.yaml: loginLimit.attempt is not known: loginLimit must be an object with the keys attempts, ',
  ],
  [{ file: file([]) }, 'my.yaml must be an object with the keys port'],
  [
    {
      file: file({
        users: [
          { username: 'a', password: 'b' },
          { username: 'a', password: 'c' },
        ],
      }),
    },
    'my.yaml: users[1].username must be different for every user, got "a"',
  ],
  [
    { flags: { loginAttempts: 0 } },
    '--login-attempts must be a whole number from 1 to 1000000, got 0',
  ],
  [
    { environment: { loginWindow: '0' } },
    'ZAPSIGN_MOCK_LOGIN_WINDOW must be a duration with a unit, such as "1h", "90s" or "250ms", longer than 0 (write "0s" or "0ms"), got "0"',
  ],
  [{ flags: { apiToken: ['a b'] } }, '--api-token must be a string without white space'],
  [
    { flags: { username: ' ' } },
    '--username must be a string that is not empty, has no white space at its ends',
  ],
  [{ flags: { log: 'loud' } }, '--log must be one of pretty, json, silent, got "loud"'],
  [
    { flags: { organization: 'a/b' } },
    '--organization must be an organization id such as "11111": a segment of a path, without white space, got "a/b"',
  ],
  [{ flags: { users: 0 } }, '--users must be a whole number from 1 to 10000, got 0'],
  [{ flags: { locale: 'es' } }, '--locale needs --users, the number of users to generate'],
  [
    { flags: { usersFile: 'x' }, environment: { locale: 'es' } },
    '--users-file needs --users, the number of users to generate',
  ],
  [
    { flags: { organization: '44' }, file: file({ users: [ANA, BOB] }) },
    '--organization must be an organization of a user in my.yaml (11111, 22, 33), got "44": add it to the user\'s organizations, or remove the user\'s organizations',
  ],
  [
    { environment: { organization: '22', username: 'bob' }, file: file({ users: [ANA, BOB] }) },
    'ZAPSIGN_MOCK_ORGANIZATION must be an organization of a user in my.yaml (33), got "22"',
  ],
  [{ file: file(null) }, 'my.yaml must be an object with the keys port'],
  [
    { flags: { noLoginLimit: false, loginWindow: '1s' } },
    'Cannot combine --no-login-limit with --login-window',
  ],
])(
  '%j is refused with a message that names the flag, the variable or the file',
  (sources, message) => {
    expect(() => combine(sources)).toThrow(message)
  },
)
