import { expect, test } from 'vitest'
import { createUsers, createZapSign } from '../../src/index.js'

test('made-up users have names, addresses of examples, and passwords', async () => {
  const [user] = await createUsers({ seed: 1 })
  expect(user).toEqual({
    id: 1,
    username: expect.stringMatching(/^[\w.-]+@example\.(com|net|org)$/),
    password: expect.stringMatching(/^\w{16}$/),
    active: true,
    firstName: expect.stringMatching(/./),
    lastName: expect.stringMatching(/./),
  })
})

test('a seed repeats them, another makes others', async () => {
  const make = (seed: number | string) => createUsers({ count: 3, seed })
  expect(await make(1)).toEqual(await make(1))
  expect(await make(1)).toEqual(await make('1'))
  expect(await make(1)).not.toEqual(await make(2))
})

test('a thousand of them are all different, and can sign in', async () => {
  const users = await createUsers({ count: 1000, seed: 1 })
  expect(createZapSign({ users }).users).toHaveLength(1000)
})

test.each(['pt_BR', 'en', 'ja', 'ar'])('names come from the locale %s', async (locale) => {
  const users = await createUsers({ count: 20, seed: 1, locale })
  expect(createZapSign({ users }).users).toHaveLength(20)
})

test.each([
  [{ locale: 'pt-BR' }, /^locale must be one of .*pt_BR.*, got "pt-BR"$/],
  [{ locale: '__proto__' }, /^locale must be one of /],
  [{ count: -1 }, /^count must be a whole number from 0 upwards, got -1$/],
  [{ count: 1.5 }, /^count must be/],
])('%j is refused', async (options, message) => {
  await expect(createUsers(options)).rejects.toThrow(message)
})
