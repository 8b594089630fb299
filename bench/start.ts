import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../test/free-port.js'
import { install, median, pack, statusOf, temporaryFolder } from './support.js'

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

/** Target: the first 200 at most 1.5 times after a bare `node:http` server's. */
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
