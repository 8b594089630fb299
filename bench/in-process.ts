import { getResponse, HttpResponse, http } from 'msw'
import { createHandlers } from '../dist/mocks/index.js'
import { createZapSign } from '../dist/src/index.js'
import { coreLogin, timeOf } from './load/core.js'
import { isShort, median } from './support.js'

const ROUNDS = isShort ? 3 : 15
const LOGINS = isShort ? 1000 : 5000

const URL = 'https://api.zapsign.com.br/api/v1/auth/token/11111/'
const LOGIN = JSON.stringify({ username: 'dev@example.com.br', password: 'StrongPassword123' })
const TYPE = { 'content-type': 'application/json' }

/** Targets: an MSW login takes 1.3 times as long as a static handler; 18,400 replies a second on Node 20. */
export async function measure() {
  const pair = await createZapSign().issueTokenPair()
  const fixed = http.post(URL, async ({ request }) => {
    await request.json()
    return HttpResponse.json(pair)
  })
  const subjects = {
    'MSW, a static handler': through([fixed]),
    'MSW, zapsign-mock': through(createHandlers(createZapSign())),
    'zapsign.reply': coreLogin(),
  }
  for (const login of Object.values(subjects)) await timeOf(login, LOGINS)
  const times = Object.fromEntries(Object.keys(subjects).map((name) => [name, [] as number[]]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, login] of Object.entries(subjects))
      times[name]?.push(await timeOf(login, LOGINS))
  }
  const medians = Object.entries(times).map(([name, all]) => [name, median(all)] as const)
  const baseline = medians[0]?.[1] ?? Number.NaN
  console.log(`CPU microseconds of a login in process, median of ${ROUNDS} rounds`)
  for (const [name, time] of medians) {
    console.log(`  ${name.padEnd(30)} ${time.toFixed(1)} (${(time / baseline).toFixed(2)})`)
  }
  return Object.fromEntries(medians)
}

function through(handlers: Parameters<typeof getResponse>[0]) {
  return async () => {
    const request = new Request(URL, { method: 'POST', headers: TYPE, body: LOGIN })
    const response = await getResponse(handlers, request)
    await response?.json()
  }
}
