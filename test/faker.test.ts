import { allFakers } from '@faker-js/faker'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createUsers } from '../src/index.js'
import { installPacked } from './packed.js'

let packed: ReturnType<typeof installPacked>
beforeAll(() => {
  packed = installPacked()
})
afterAll(() => packed.remove())

const OPTIONS = Object.keys(allFakers)
  .filter((locale) => locale !== 'base')
  .map((locale) => ({ locale, count: 50, seed: locale }))

/** The package contains only a part of faker: see `.ci/faker.ts`. */
test('the packed package generates the same users as the whole faker, in every locale', async () => {
  const program = `
    import { createUsers } from 'zapsign-mock'
    const all = []
    for (const options of ${JSON.stringify(OPTIONS)}) all.push(await createUsers(options))
    console.log(JSON.stringify(all))`
  const users = JSON.parse(packed.node('--input-type=module', '--eval', program))
  for (const [index, options] of OPTIONS.entries())
    expect([options.locale, users[index]]).toEqual([options.locale, await createUsers(options)])
  expect(OPTIONS.length).toBeGreaterThan(70)
})

test('the packed package refuses an unknown locale with the same message', async () => {
  const program = `
    import { createUsers } from 'zapsign-mock'
    await createUsers({ locale: 'base' }).catch(({ message }) => console.log(message))`
  const message = await createUsers({ locale: 'base' }).catch((error: Error) => error.message)
  expect(packed.node('--input-type=module', '--eval', program)).toBe(`${message}\n`)
})

test('the values of routes come from the whole locale pt_BR', () => {
  const program = `
    import { startServer } from 'zapsign-mock/server'
    const routes = [{ method: 'GET', path: '/api/v1/x/', protected: false, body: '{{faker.commerce.productName}}|{{faker.location.city}}' }]
    const { url, close } = await startServer({ routes, seed: 1 })
    console.log(await (await fetch(url + '/api/v1/x/')).text())
    await close()`
  expect(packed.node('--input-type=module', '--eval', program)).toMatch(/^[^{|]+\|[^{|]+\n$/)
})
