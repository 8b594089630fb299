import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { install, median, pack, temporaryFolder } from './support.js'

const ROUNDS = 25

/** The least that could answer: no routes, no parsing, one signature. */
const BARE = `
import { createServer } from 'node:http'
import { createHmac } from 'node:crypto'
createServer((request, response) => {
  request.resume()
  response.end(createHmac('sha256', 'key').update('token').digest('base64url'))
}).listen(Number(process.env.ZAPSIGN_MOCK_PORT), '127.0.0.1')
`

const LOGIN = JSON.stringify({ username: 'dev@example.com.br', password: 'StrongPassword123' })

/** Target: the first 200 at most 1.7 times after a bare `node:http` server's. */
export async function measure() {
  const bare = join(temporaryFolder(), 'bare.mjs')
  writeFileSync(bare, BARE)
  const packed = join(install(pack()), 'node_modules/zapsign-mock/dist/server/bin.js')
  const times = { bare: [] as number[], packed: [] as number[] }
  // Taken in turns, so that whatever else the machine does falls on both.
  for (let round = 0; round < ROUNDS; round += 1) {
    times.bare.push(await timeToFirstAnswer(bare))
    times.packed.push(await timeToFirstAnswer(packed))
  }
  const [baseline, subject] = [median(times.bare), median(times.packed)]
  console.log(`from the start of the process to the first 200, median of ${ROUNDS}`)
  console.log(`  baseline: bare node:http  ${baseline.toFixed(0)} ms`)
  console.log(
    `  zapsign-mock              ${subject.toFixed(0)} ms, ${(subject / baseline).toFixed(2)} times`,
  )
  return { baseline, subject, ratio: subject / baseline }
}

async function timeToFirstAnswer(file: string): Promise<number> {
  const port = await freePort()
  const started = performance.now()
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, ZAPSIGN_MOCK_PORT: String(port) },
    stdio: 'ignore',
  })
  while ((await statusOf(port)) !== 200) await pause(1)
  const time = performance.now() - started
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
  return time
}

function statusOf(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const call = request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/api/v1/auth/token/11111/',
      headers: { 'content-type': 'application/json' },
      agent: false,
    })
    call.on('response', (response) =>
      response.resume().on('end', () => resolve(response.statusCode)),
    )
    call.on('error', () => resolve(undefined))
    call.end(LOGIN)
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
