import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type ApiRequest, createZapSign, DEMO_USER, type ZapSignOptions } from '../src/index.js'
import { isShort } from './support.js'

const LOGINS = isShort ? 50_000 : 1_000_000
const SAMPLES = 10

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** Target: a heap that does not grow with the number of logins. */
export async function measure() {
  console.log(
    `heap in MB over ${LOGINS.toLocaleString('en')} mixed logins (right, wrong, a new user name each)`,
  )
  const subjects: Record<string, ZapSignOptions> = {
    'baseline: nothing kept': { loginLimit: false, journalSize: 0 },
    'zapsign-mock': {},
  }
  const results: Record<string, number[]> = {}
  for (const [subject, options] of Object.entries(subjects)) {
    results[subject] = await heapOver(options)
    const figures = results[subject].map((megabytes) => megabytes.toFixed(1)).join(' ')
    console.log(`  ${subject.padEnd(24)} ${figures}`)
  }
  return results
}

async function heapOver(options: ZapSignOptions): Promise<number[]> {
  const zapsign = createZapSign(options)
  const heap: number[] = []
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    for (let index = 0; index < LOGINS / SAMPLES; index += 1) {
      await zapsign.reply(login(sample * LOGINS + index))
    }
    collectGarbage()
    heap.push(process.memoryUsage().heapUsed / 1e6)
  }
  return heap
}

/** In turns a right login, a wrong one, and one of somebody who has never been seen. */
function login(number: number): ApiRequest {
  const { username, password } = DEMO_USER
  const credentials = [
    { username, password },
    { username, password: `wrong ${number}` },
    { username: `user-${number}@example.com`, password },
  ][number % 3]
  return {
    method: 'POST',
    path: '/api/v1/auth/token/11111/',
    query: '',
    headers: new Headers({ 'content-type': 'application/json' }),
    body: new TextEncoder().encode(JSON.stringify(credentials)),
  }
}
