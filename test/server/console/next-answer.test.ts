import { expect, test } from 'vitest'
import { readPageFile } from '../../../server/console/files.js'
import { ENDPOINTS } from '../../../src/endpoints/index.js'
import { OUTCOMES, WITH_RETRY_AFTER } from '../../../src/outcomes.js'

// The page is plain JavaScript in a browser: it imports nothing from the core, so its lists are copies.
const FILE = 'cards/next-answer.js'
const ADVICE = `change the lists in server/console/page/${FILE}`

async function source(): Promise<string> {
  return (await readPageFile(FILE))?.text ?? ''
}

test('the console offers every outcome, with the status of its reply', async () => {
  const [, rows = ''] = /const OUTCOMES = \{(.*?)\n\}/s.exec(await source()) ?? []
  const offered = new Map(
    [...rows.matchAll(/^ {2}(\w+): '(.*)',$/gm)].map(([, name, status = '']) => [name, status]),
  )
  expect([...offered.keys()].sort(), ADVICE).toEqual(Object.keys(OUTCOMES).sort())
  for (const [name, outcome] of Object.entries(OUTCOMES)) {
    const status = 'reply' in outcome ? outcome.reply.status : 0
    if (status > 0) expect(offered.get(name), `${name}: ${ADVICE}`).toMatch(`${status}`)
  }
})

test('the console offers Retry-After for the outcomes that can carry it', async () => {
  expect(await source(), ADVICE).toContain(
    `const WITH_RETRY_AFTER = [${WITH_RETRY_AFTER.map((name) => `'${name}'`).join(', ')}]`,
  )
})

test('the console aims outcomes at every endpoint that is modelled', async () => {
  const text = await source()
  const modelled = ENDPOINTS.filter(({ isModelled = true }) => isModelled)
  const aims = modelled.map(({ name, path }) => name ?? path)
  expect(
    aims.filter((aim) => !text.includes(`<option value="${aim}">`)),
    ADVICE,
  ).toEqual([])
})
