import { expect, test } from 'vitest'
import { configure, type Sources } from '../../server/configuration.js'

const combine = (sources: Partial<Sources>) => configure({ flags: {}, environment: {}, ...sources })
const file = (content: unknown) => ({ name: 'my.yaml', content })

test('a flag wins over the environment, the environment over the file', () => {
  const sources = {
    flags: { port: 1 },
    environment: { port: 2, host: 'localhost' },
    file: file({ port: 3, host: '::1', language: 'es' }),
  }
  expect(combine(sources)).toMatchObject({ port: 1, host: 'localhost', language: 'es' })
})

test('each setting finds its place', () => {
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
    users: [{ username: 'ana', password: 'StrongPassword123' }],
    organizations: [{ id: '7' }],
    apiTokens: ['a', 'b'],
    loginLimit: { attempts: 2, window: '5s' },
    fixtures: { count: 3, locale: 'es' },
  })
})

test('a part of the login limit is laid over the file’s', () => {
  const limited = file({ loginLimit: { attempts: 9, count: 'all' } })
  expect(combine({ flags: { loginAttempts: 2 }, file: limited }).loginLimit).toEqual({
    attempts: 2,
    count: 'all',
  })
  expect(combine({ flags: { noLoginLimit: false }, file: limited }).loginLimit).toBe(false)
  expect(
    combine({ flags: { loginAttempts: 2 }, file: file({ loginLimit: false }) }).loginLimit,
  ).toEqual({ attempts: 2 })
})

test('a flag about the login limit overrules all that the environment says of it', () => {
  const switchedOff = { noLoginLimit: false }
  const described = { loginAttempts: 2 }
  expect(combine({ flags: described, environment: switchedOff }).loginLimit).toEqual({
    attempts: 2,
  })
  expect(combine({ flags: switchedOff, environment: described }).loginLimit).toBe(false)
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
    'my.yaml: prot is not known: my.yaml must be an object with the keys port, host, users',
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
    'ZAPSIGN_MOCK_LOGIN_WINDOW must be a duration such as "1h", "90s", "250ms", or a number of seconds, longer than 0, got "0"',
  ],
  [{ flags: { apiToken: ['a b'] } }, '--api-token must be a string without white space'],
  [{ flags: { username: ' ' } }, '--username must be a string with no white space at its ends'],
  [{ flags: { log: 'loud' } }, '--log must be one of pretty, json, silent, got "loud"'],
  [
    { flags: { organization: 'a/b' } },
    '--organization must be an organization id such as "11111": a segment of a path, without white space, got "a/b"',
  ],
  [{ flags: { users: 0 } }, '--users must be a whole number from 1 upwards, got 0'],
  [{ flags: { locale: 'es' } }, '--locale is about users to make up: say how many with --users'],
  [
    { environment: { usersFile: 'x' } },
    'ZAPSIGN_MOCK_USERS_FILE is about users to make up: say how many with --users',
  ],
  [
    { flags: { noLoginLimit: false, loginWindow: '1s' } },
    '--no-login-limit and --login-window contradict each other',
  ],
])('%j is refused by the name that the user gave', (sources, message) => {
  expect(() => combine(sources)).toThrow(message)
})
