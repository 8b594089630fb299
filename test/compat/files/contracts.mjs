// Contracts, as their users have them: with whichever Pact is installed beside the package.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createZapSign } from 'zapsign-mock'
import { checkClient, promises, verifyProvider } from 'zapsign-mock/contracts'

const json = { 'content-type': 'application/json' }
const post = (url, body, headers = json) =>
  fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })

const client = {
  async obtainToken({ baseUrl, organizationId, ...credentials }) {
    const response = await post(`${baseUrl}/api/v1/auth/token/${organizationId}/`, credentials)
    const body = await response.json()
    if (response.ok) return { kind: 'authenticated', ...body }
    return { kind: response.status === 401 ? 'invalidCredentials' : 'rateLimited' }
  },
  async refresh({ baseUrl, refresh }) {
    const response = await post(`${baseUrl}/api/v1/auth/token-refresh/`, { refresh })
    if (!response.ok) return { kind: 'refreshRefused' }
    return { kind: 'refreshed', ...(await response.json()) }
  },
  async callProtected({ baseUrl, access }) {
    const headers = { authorization: `Bearer ${access}` }
    const { ok } = await fetch(`${baseUrl}/api/v1/docs/?page=1`, { headers })
    return { kind: ok ? 'authorized' : 'expired' }
  },
}

const names = Object.keys(promises)
const resultsOf = ({ promises }) => promises.map(({ name, result }) => `${name} ${result}`)

const right = await checkClient(client, { consumer: 'right' })
assert.deepEqual(
  resultsOf(right),
  names.map((name) => `${name} kept`),
)

const form = {
  ...client,
  obtainToken: ({ baseUrl }) => post(`${baseUrl}/api/v1/auth/token/11111`, {}),
}
const wrong = await checkClient(form, { consumer: 'wrong' })
assert.deepEqual(
  resultsOf(wrong).slice(0, 3),
  names.slice(0, 3).map((name) => `${name} broken`),
)

const pacts = ['pacts/right-ZapSign.json']
const zapsign = createZapSign({ warnings: false })
const kept = await verifyProvider({ zapsign, pacts })
assert.deepEqual(
  kept.interactions.map(({ result }) => result),
  names.map(() => 'kept'),
)

const tampered = {
  ...zapsign,
  reply: async (request) => {
    const reply = await zapsign.reply(request)
    return reply.status === 400 ? { ...reply, status: 429 } : reply
  },
}
const broken = await verifyProvider({ zapsign: tampered, pacts })
assert.deepEqual(
  broken.interactions.map(({ result }) => result),
  names.map((name) => (name === 'rateLimited' ? 'broken' : 'kept')),
)

const run = (...args) =>
  spawnSync(process.execPath, ['node_modules/zapsign-mock/dist/server/bin.js', ...args], {
    encoding: 'utf8',
  })
const login = `
const { ZAPSIGN_API_URL: url, ZAPSIGN_ORGANIZATION_ID: id, ZAPSIGN_USERNAME: username, ZAPSIGN_PASSWORD: password } = process.env
fetch(url + '/auth/token/' + id + '/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username, password }) })
`
const contract = run(
  'contract',
  '--consumer',
  'command',
  '--promises',
  'authenticated',
  '--',
  process.execPath,
  '-e',
  login,
)
assert.deepEqual([contract.status, contract.stdout], [0, ''], contract.stderr)
const pact = JSON.parse(readFileSync('pacts/command-ZapSign.json', 'utf8'))
assert.deepEqual(
  pact.interactions.map(({ description }) => description),
  [promises.authenticated.description],
)
const verify = run('verify', 'pacts')
assert.equal(verify.status, 0, verify.stdout + verify.stderr)
