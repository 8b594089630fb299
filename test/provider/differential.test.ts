import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../../server/index.js'
import type { Language } from '../../src/index.js'
import { corpus, type RawRequest } from '../corpus.js'
import { mutated, SEED } from '../mutations.js'
import { send } from '../raw.js'
import { CREDENTIALS } from '../support.js'
import { comparable } from './compare.js'
import { startFrameworks, versions, whyUnavailable } from './frameworks.js'
import { knownDifferences } from './known-differences.js'
import { deviations } from './packages.js'

const reason = whyUnavailable()
console.log(reason ? `NOT RUN: ${reason}` : `Compared with ${versions()}`)

/** Other versions than the recorded ones: what differs may be their doing, and is printed only. */
const others = reason ? [] : deviations()
if (others.length > 0) {
  console.log(`These are not the recorded versions, so differences are only printed:
  ${others.join('\n  ')}`)
}
const known = reason ? [] : knownDifferences()

/** How many generated requests are compared, besides the corpus. */
const RUNS = Number(process.env['RUNS'] ?? 2000)

const USERS = [
  CREDENTIALS,
  { username: '5', password: '1.0' },
  { username: 'inactive@example.com', password: 'inactive', active: false },
]

async function startBoth(language: Language, unauthorizedStatus: 401 | 403) {
  const theirs = await startFrameworks(language, unauthorizedStatus)
  const ours = await startServer({
    users: USERS,
    loginLimit: false,
    warnings: false,
    language,
    unauthorizedStatus,
  })
  onTestFinished(async () => {
    theirs.stop()
    await ours.close()
  })
  /** The reason why two answers differ, or `unexplained`; undefined when they do not differ. */
  return async (request: RawRequest) => {
    const [their, our] = await Promise.all([send(theirs.port, request), send(ours.port, request)])
    const pair = [comparable(request, their), comparable(request, our)] as const
    if (JSON.stringify(pair[0]) === JSON.stringify(pair[1])) return undefined
    const explained = known.find((difference) => difference.covers(request, ...pair))
    return { reason: explained?.reason ?? 'unexplained', request, theirs: pair[0], ours: pair[1] }
  }
}

test.skipIf(reason).each<[Language, 401 | 403]>([
  ['en', 401],
  ['pt-br', 401],
  ['es', 403],
])(
  'in %s, with %d, the corpus is answered as the frameworks answer it',
  async (language, status) => {
    const compare = await startBoth(language, status)
    const requests = await corpus()
    const differences = []
    for (const request of requests) {
      const difference = await compare(request)
      if (difference) differences.push(difference)
    }
    const equal = requests.length - differences.length
    const share = ((100 * equal) / requests.length).toFixed(1)
    console.log(`${language}, ${status}: ${equal} of ${requests.length} equal (${share} %)`)
    for (const { request, reason } of differences)
      console.log(`  ${request.name.slice(0, 90)}: ${reason}`)
    expect(requests.length).toBeGreaterThanOrEqual(1500)
    const unexplained = differences.filter(({ reason }) => reason === 'unexplained')
    if (others.length > 0) return print(unexplained)
    expect(unexplained.map(readable)).toEqual([])
    expect(equal / requests.length).toBeGreaterThanOrEqual(0.994)
  },
)

test.skipIf(reason)('a changed request gets the same answer as from the frameworks', async () => {
  const compare = await startBoth('en', 401)
  const reasons = new Map<string, number>()
  const unexplained: Difference[] = []
  await fc.assert(
    fc.asyncProperty(mutated(await corpus()), async (request) => {
      const difference = await compare(request)
      if (!difference) return
      reasons.set(difference.reason, (reasons.get(difference.reason) ?? 0) + 1)
      if (difference.reason !== 'unexplained') return
      unexplained.push(difference)
      if (others.length === 0) expect.fail(JSON.stringify(readable(difference), null, 1))
    }),
    { numRuns: RUNS, seed: SEED },
  )
  console.log(`generated: ${RUNS} requests`)
  for (const [reason, count] of reasons) console.log(`  ${count} times: ${reason}`)
  print(unexplained)
})

type Difference = NonNullable<Awaited<ReturnType<Awaited<ReturnType<typeof startBoth>>>>>

/** Prints the differences that other versions bring: one example for each pair of answers. */
function print(differences: readonly Difference[]): void {
  const examples = new Map(
    differences.map((difference) => [
      `${difference.theirs.status} ${difference.theirs.body} ${difference.ours.body}`,
      difference,
    ]),
  )
  for (const example of examples.values()) console.log(JSON.stringify(readable(example), null, 1))
}

function readable({ request, ...others }: Difference) {
  return {
    ...others,
    request: { ...request, body: Buffer.from(request.body).toString('latin1').slice(0, 500) },
  }
}
