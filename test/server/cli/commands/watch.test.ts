import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { JSON_TYPE } from '../../../support.js'
import { usePublishedCommand } from '../published-command.js'

const { start, run, path } = usePublishedCommand()

const FILE = 'zapsign-mock.config.json'
const write = (content: object | string) =>
  writeFileSync(path(FILE), typeof content === 'string' ? content : JSON.stringify(content))

const ANA = { username: 'ana@example.com', password: 'geheim123' }
const BOB = { username: 'bob@example.com', password: 'geheim456' }

async function serve() {
  const command = start(['--port', '0', '--json', '--watch'])
  const [line] = await command.said(/^.*\n/)
  const { url } = JSON.parse(line)
  const post = (path: string, body: object) =>
    fetch(url + path, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) })
  return {
    ...command,
    post,
    signIn: async (credentials: object) =>
      (await post('/api/v1/auth/token/11111/', credentials)).status,
    get: async (path: string) => (await fetch(`${url}/__zapsign/${path}`)).json(),
  }
}

test('--watch takes a new configuration, and keeps port, clock and journal', async () => {
  write({ users: [ANA] })
  const { signIn, post, get, said } = await serve()
  expect([await signIn(ANA), await signIn(BOB)]).toEqual([200, 401])
  await post('/__zapsign/time/advance', { by: '2h' })
  write({ users: [BOB], accessLifetime: '5m' })
  await said(/the new configuration is in force/, 'stderr')
  expect([await signIn(ANA), await signIn(BOB)]).toEqual([401, 200])
  const { time, users, counts } = await get('state')
  expect(Date.parse(time.now) - Date.now()).toBeGreaterThan(3_600_000)
  expect(users).toEqual([{ id: 1, username: BOB.username, active: true }])
  expect(counts.requests).toBe(4)
  expect((await get('config')).accessLifetime).toBe('5m')
  // After a reset it is the new configuration that is in force.
  await post('/__zapsign/users', ANA)
  await post('/__zapsign/reset', {})
  expect([await signIn(ANA), await signIn(BOB)]).toEqual([401, 200])
  expect((await get('requests')).requests).toHaveLength(2)
})

test('a file with a mistake keeps the old configuration and says why', async () => {
  write({ users: [ANA] })
  const { signIn, said } = await serve()
  write('{"users": [')
  await said(/the old configuration stays: zapsign-mock\.config\.json is not valid JSON/, 'stderr')
  expect(await signIn(ANA)).toBe(200)
  write({ usres: [] })
  await said(
    /the old configuration stays: zapsign-mock\.config\.json: usres is not known/,
    'stderr',
  )
  expect(await signIn(ANA)).toBe(200)
  write({ users: [BOB] })
  await said(/the new configuration is in force/, 'stderr')
  expect(await signIn(BOB)).toBe(200)
})

test('--watch without a configuration file is refused', async () => {
  const { code, stderr } = await run(['--watch', '--port', '0'])
  expect([code, stderr]).toEqual([
    2,
    'zapsign-mock: --watch needs a configuration file: name one with --config\n',
  ])
})
