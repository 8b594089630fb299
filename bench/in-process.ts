import { getResponse, HttpResponse, http } from 'msw'
import { createHandlers } from '../dist/mocks/index.js'
import { createZapSign } from '../dist/src/index.js'
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
    'zapsign.reply, 1 user': replies(1),
    'zapsign.reply, 100,000 users': replies(100_000),
  }
  for (const login of Object.values(subjects)) await timeOf(login)
  const times = Object.fromEntries(Object.keys(subjects).map((name) => [name, [] as number[]]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, login] of Object.entries(subjects)) times[name]?.push(await timeOf(login))
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

function replies(users: number) {
  const own = Array.from({ length: users }, (_, index) => ({
    username: index === 0 ? 'dev@example.com.br' : `user-${index}@example.com`,
    password: index === 0 ? 'StrongPassword123' : `password of ${index}`,
  }))
  const zapsign = createZapSign({ users: own })
  const request = {
    method: 'POST',
    path: '/api/v1/auth/token/11111/',
    query: '',
    headers: { get: (name: string) => (name === 'content-type' ? 'application/json' : null) },
    body: new TextEncoder().encode(LOGIN),
  }
  return () => zapsign.reply(request)
}

/** Microseconds of CPU: other programs disturb them less than the time on the wall. */
async function timeOf(login: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  for (let index = 0; index < LOGINS; index += 1) await login()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / LOGINS
}
