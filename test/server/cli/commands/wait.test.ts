import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../../../../server/index.js'
import { usePublishedCommand } from '../published-command.js'

const { start, run } = usePublishedCommand()

async function answer(status: number, body: string) {
  const server = createServer((_, response) => response.writeHead(status).end(body))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('wait ends as soon as the mock answers, and prints nothing', async () => {
  const reserved = createTcpServer()
  await new Promise<void>((resolve) => reserved.listen(0, '127.0.0.1', resolve))
  const { port } = reserved.address() as AddressInfo
  await new Promise((resolve) => reserved.close(resolve))
  const { ended } = start(['wait', `http://127.0.0.1:${port}`])
  const server = await startServer({ port })
  onTestFinished(server.close)
  expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(server.zapsign.journal.entries).toEqual([])
})

test.each([
  ['with a control token', { control: { token: 'abc' } }],
  ['without a control API', { control: false }],
])('wait finds a mock %s', async (_, options) => {
  const { url, close, zapsign } = await startServer(options)
  onTestFinished(close)
  expect(await run(['wait'], { ZAPSIGN_CONTROL_URL: url })).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  })
  expect(zapsign.journal.entries).toEqual([])
})

test('wait prints the last reason when it times out', async () => {
  const notOurs = await answer(200, 'hello')
  const missing = await answer(404, '')
  let isBroken = false
  const sick = await startServer({
    now: () => {
      if (isBroken) throw new Error('the disk of /secret/place is full')
      return 0
    },
  })
  isBroken = true
  onTestFinished(sick.close)
  const waited = async (url: string) => (await run(['wait', url, '--timeout', '3s'])).stderr
  const start = (url: string) => `zapsign-mock: No mock at ${url} within 3s: `
  expect(await Promise.all([notOurs, missing, sick.url].map(waited))).toEqual([
    `${start(notOurs)}it is not a zapsign-mock: / answered with status 200\n`,
    `${start(missing)}it is not a zapsign-mock: / answered with status 404\n`,
    `${start(sick.url)}the state cannot be read\n`,
  ])
})

test('wait gives up on a server that does not reply', async () => {
  const silent = createTcpServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void silent.close())
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  expect(await run(['wait', url, '--timeout', '300ms'])).toEqual({
    code: 1,
    stdout: '',
    stderr: `zapsign-mock: No mock at ${url} within 300ms: no answer\n`,
  })
})

test.each([
  [['foo'], 'The URL must be the base URL of a mock, such as http://127.0.0.1:9277, got "foo"'],
  [['--timeout', '5'], '--timeout must be a duration with a unit, such as "30s", got "5"'],
  [['--timeout', 'abc'], '--timeout must be a duration with a unit, such as "30s", got "abc"'],
])('wait %j is refused', async (args, message) => {
  expect(await run(['wait', ...args])).toEqual({
    code: 2,
    stdout: '',
    stderr: `zapsign-mock: ${message}\n`,
  })
})
