import { expect, test } from 'vitest'
import { createUsers, createZapSign, DEMO_USER } from '../../src/index.js'

test('generated users have names, example addresses and passwords', async () => {
  const [user] = await createUsers({ seed: 1 })
  expect(user).toEqual({
    id: 2,
    username: expect.stringMatching(/^[\w.-]+@example\.(com|net|org)$/),
    password: expect.stringMatching(/^\w{16}$/),
    active: true,
    firstName: expect.stringMatching(/./),
    lastName: expect.stringMatching(/./),
  })
})

test('the same seed gives the same users, another seed gives others', async () => {
  const make = (seed: number | string) => createUsers({ count: 3, seed })
  expect(await make(1)).toEqual(await make(1))
  expect(await make(1)).toEqual(await make('1'))
  expect(await make(1)).not.toEqual(await make(2))
})

test('a thousand of them are all different, and can sign in', async () => {
  const users = await createUsers({ count: 1000, seed: 1 })
  expect(createZapSign({ users }).users).toHaveLength(1000)
})

test('generated users can be added to the example user', async () => {
  const users = [DEMO_USER, ...(await createUsers({ count: 2 }))]
  expect([...createZapSign({ users }).users].map(({ id }) => id)).toEqual([1, 2, 3])
})

test('a seed has no effect on the next call', async () => {
  await createUsers({ seed: 9 })
  const first = await createUsers()
  await createUsers({ seed: 9 })
  expect(await createUsers()).not.toEqual(first)
})

test.each(['pt_BR', 'en', 'ja', 'ar'])('names come from the locale %s', async (locale) => {
  const users = await createUsers({ count: 20, seed: 1, locale })
  expect(createZapSign({ users }).users).toHaveLength(20)
})

test.each([
  [{ locale: 'pt-BR' }, /^locale must be one of .*pt_BR.*, got "pt-BR"$/],
  [{ locale: '__proto__' }, /^locale must be one of /],
  [{ locale: 'base' }, /^locale must be one of /],
  [
    { cuont: 2 },
    /^cuont is not known: options must be an object with the keys count, seed, locale$/,
  ],
  [3, /^options must be an object with the keys .*, got 3$/],
  [{ seed: {} }, /^seed must be a number or a string, got an object$/],
  [{ count: -1 }, /^count must be a whole number from 0 upwards, got -1$/],
  [{ count: 1.5 }, /^count must be/],
])('%j is refused', async (options, message) => {
  await expect(createUsers(options as never)).rejects.toThrow(message)
})
