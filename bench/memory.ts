import { type ApiRequest, createZapSign, type ZapSignOptions } from '../src/index.js'
import { heapInUse } from './load/core.js'
import { isShort } from './support.js'

const LOGINS = isShort ? 50_000 : 1_000_000
const SAMPLES = 10

/** Target: a heap that does not grow with the number of logins. */
export async function measure() {
  console.log(
    `heap in MB over ${LOGINS.toLocaleString('en')} logins with a new username each, ${SAMPLES} samples`,
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
      await zapsign.reply(login((sample * LOGINS) / SAMPLES + index))
    }
    heap.push(heapInUse())
  }
  return heap
}

/** A login of somebody who has never been seen: each counts for the login limit, under a new name. */
function login(number: number): ApiRequest {
  const credentials = { username: `user-${number}@example.com`, password: 'StrongPassword123' }
  return {
    method: 'POST',
    path: '/api/v1/auth/token/11111/',
    query: '',
    headers: new Headers({ 'content-type': 'application/json' }),
    body: new TextEncoder().encode(JSON.stringify(credentials)),
  }
}
