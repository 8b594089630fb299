// What the page in the browser runs; `run.ts` bundles it against the packed package.
import { HttpResponse, http } from 'msw'
import { setupWorker } from 'msw/browser'
import { createZapSign } from 'zapsign-mock'
import { createHandlers, requireBearer } from 'zapsign-mock/mocks'

const HOST = 'https://api.zapsign.com.br'
const CREDENTIALS = { username: 'dev@example.com.br', password: 'StrongPassword123' }

const post = (path: string, body: object) =>
  fetch(`${HOST}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const signIn = (credentials = CREDENTIALS) => post('/api/v1/auth/token/11111/', credentials)

type Results = Record<string, unknown>

/** A call from this page's origin to another one: the status, or the name of the error. */
const call = (url: string, init: RequestInit = {}): Promise<number | string> =>
  fetch(url, init).then(
    ({ status }) => status,
    (error: Error) => error.name,
  )

const login = (password: string): RequestInit => ({
  method: 'POST',
  credentials: 'include',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ ...CREDENTIALS, password }),
})

/** Calls the servers that `run.ts` started, which are other origins for the browser. */
async function callServers(): Promise<Results> {
  const parameters = new URLSearchParams(location.search)
  const token = '/api/v1/auth/token/11111/'
  const [plain, open] = [parameters.get('plain'), parameters.get('cors')]
  return {
    'another origin, like ZapSign': await call(plain + token, login(CREDENTIALS.password)),
    'another origin, with cors': await call(open + token, login(CREDENTIALS.password)),
    'an error there': await call(open + token, login('wrong')),
    'an unknown path there': await call(`${open}/unknown/`),
    'the control API there': await call(`${open}/__zapsign/health`),
  }
}

async function run(): Promise<Results> {
  const servers = await callServers()
  const zapsign = createZapSign({ warnings: false })
  const mine = requireBearer(zapsign, ({ user, organization }) =>
    HttpResponse.json({ user: user?.username, organization }),
  )
  const worker = setupWorker(
    ...createHandlers(zapsign, { pages: true }),
    http.get(`${HOST}/api/v1/mine/`, mine),
  )
  await worker.start({ quiet: true, onUnhandledRequest: 'error' })

  const results: Results = { ...servers }
  const granted = await signIn()
  results['login'] = [granted.status, granted.headers.get('x-zapsign-mock')]
  const { access, refresh } = await granted.json()
  const headers = { authorization: `Bearer ${access}` }
  const get = (path: string) => fetch(`${HOST}${path}`, { headers })

  results['guarded handler'] = await (await get('/api/v1/mine/')).json()
  results['protected page'] = (await get('/api/v1/docs/')).status
  results['wrong password'] = (await signIn({ ...CREDENTIALS, password: 'wrong' })).status
  for (let index = 0; index < 4; index += 1) await signIn({ ...CREDENTIALS, password: 'wrong' })
  results['too many'] = await (await signIn()).json()
  zapsign.time.advance('61m')
  results['expired'] = (await get('/api/v1/docs/')).status
  results['refreshed'] = (await post('/api/v1/auth/token-refresh/', { refresh })).status
  zapsign.outcomes.next('connectionReset')
  results['broken connection'] = await signIn().then(
    () => 'answered',
    (error: Error) => error.name,
  )
  results['journal'] = zapsign.journal.count({ outcome: 'invalidCredentials' })
  worker.stop()
  return results
}

Object.assign(window, { results: run() })
