import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { readEnvironment } from '../server/cli/flags/environment.js'
import { createCertificates } from '../server/intercept/certificates.js'
import { freePort } from './free-port.js'
import { usePublishedCommand } from './server/cli/published-command.js'
import { MISSING, startRedis } from './server/store/redis.js'
import { CREDENTIALS, JSON_TYPE } from './support.js'

const { start } = usePublishedCommand()
const TOKEN = 'a-long-secret'
const read = (file: string) => readFileSync(file, 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-deploying-'))
afterAll(() => rmSync(folder, { recursive: true }))

const hasNoNginx = whyNoNginx()

function whyNoNginx(): boolean {
  if (spawnSync('nginx', ['-v']).error === undefined) return false
  if (process.env['CI']) throw new Error('nginx is not installed')
  process.stderr.write('NOT RUN: nginx is not installed\n')
  return true
}

/** Runs nginx with the content of its `http` block until the test has finished. */
async function startNginx(port: number, http: string): Promise<void> {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(folder, name)};`)
    .join(' ')
  const global = `daemon off; pid ${join(folder, `${port}.pid`)}; error_log stderr; events {}`
  const file = join(folder, `${port}.conf`)
  writeFileSync(file, `${global}\nhttp { access_log off; ${paths}\n${http} }`)
  const child = spawn('nginx', ['-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  onTestFinished(() => end(child))
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${errors}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

function isListening(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}`).then(
    () => true,
    (error) => error.cause?.code !== 'ECONNREFUSED',
  )
}

async function serve(args: readonly string[], environment: Record<string, string> = {}) {
  const command = start(['--port', '0', '--json', ...args], environment)
  const [line] = await command.said(/^.*\n/)
  return JSON.parse(line).port as number
}

const LOGIN = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(CREDENTIALS) }
const PATH = '/api/v1/auth/token/11111/'

test.skipIf(hasNoNginx)(
  'the nginx of the documentation serves redirects, links and events',
  async () => {
    const page = read('docs/deploying.md')
    const block = /```nginx\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
    const args = /zapsign-mock (--trust-proxy .*)\n/.exec(page)?.[1]?.split(' ') ?? []
    const mock = await serve(args, { ZAPSIGN_CONTROL_TOKEN: TOKEN })
    const port = await freePort()
    const { ca, addresses } = await createCertificates()
    writeFileSync(join(folder, 'cert.pem'), addresses.cert)
    writeFileSync(join(folder, 'key.pem'), addresses.key, { mode: 0o600 })
    const config = block
      .replace('listen 443', `listen 127.0.0.1:${port}`)
      .replace('127.0.0.1:9277', `127.0.0.1:${mock}`)
      .replace('/etc/nginx/mock.example.com.pem', join(folder, 'cert.pem'))
      .replace('/etc/nginx/mock.example.com.key', join(folder, 'key.pem'))
    await startNginx(port, config)

    function call(path: string, headers: Record<string, string>, body?: string) {
      return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
        const method = body === undefined ? 'GET' : 'POST'
        const sent = request({ port, path, ca, servername: 'localhost', method, headers })
        sent.on('error', reject).on('response', async (response) => {
          let text = ''
          for await (const chunk of response) {
            text += chunk
            if (path.endsWith('/events') && text.includes('data: ')) break
          }
          resolve({ status: response.statusCode, text })
        })
        sent.end(body)
      })
    }

    const host = `mock.example.com:${port}`
    const authorization = `Bearer ${TOKEN}`
    const control = { host, authorization, origin: `https://${host}` }
    const events = call('/__zapsign/events', control)
    for (let index = 0; index < 25; index += 1) {
      const user = JSON.stringify({ username: `user-${index}`, password: 'a-password' })
      const { status } = await call('/__zapsign/users', { ...control, ...JSON_TYPE }, user)
      expect(status).toBe(201)
    }
    const login = await call(PATH, { host, ...JSON_TYPE }, LOGIN.body)
    const { access } = JSON.parse(login.text)
    const users = await call('/api/v1/users/', {
      host,
      authorization: `Bearer ${access}`,
      // What a client sends itself does not count.
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
    })
    expect(JSON.parse(users.text).next).toBe(`https://${host}/api/v1/users/?page=2`)
    expect((await events).text).toContain('"outcome":"authenticated"')
    expect((await call('/__zapsign/state', { host })).status).toBe(401)
  },
)

test.skipIf(MISSING || hasNoNginx)(
  'the compose file with replicas gives one state behind one address',
  async () => {
    const { services } = parse(read('examples/compose/replicas.yaml'))
    const { build, deploy, environment, depends_on } = services.zapsign
    const { peerDependencies } = JSON.parse(read('package.json'))
    const [, major] = /^@redis\/client@(\d+)$/.exec(build.args.WITH) ?? []
    expect(peerDependencies['@redis/client']).toContain(`^${major}.0.0`)
    expect(read('examples/compose/Dockerfile')).toContain('"zapsign-mock@$VERSION" $WITH')
    expect([deploy.replicas, Object.keys(depends_on)]).toEqual([2, ['valkey']])
    expect(services.proxy.volumes).toEqual(['./nginx.conf:/etc/nginx/conf.d/default.conf:ro'])
    expect(environment.ZAPSIGN_MOCK_STORE).toBe('valkey://valkey:6379')

    const redis = await startRedis()
    onTestFinished(() => redis.kill())
    const settings = {
      ...environment,
      ZAPSIGN_CONTROL_TOKEN: TOKEN,
      ZAPSIGN_MOCK_STORE: redis.url.replace('redis:', 'valkey:'),
    }
    const ports = await Promise.all([1, 2].map(() => serve(['--host', '0.0.0.0'], settings)))
    const servers = ports.map((port) => `server 127.0.0.1:${port};`).join(' ')
    const port = await freePort()
    const config = read('examples/compose/nginx.conf')
      .replace('listen 80', `listen 127.0.0.1:${port}`)
      .replace('http://zapsign:9277', 'http://zapsign')
    await startNginx(port, `upstream zapsign { ${servers} }\n${config}`)

    const url = `http://127.0.0.1:${port}`
    const statuses = []
    for (let index = 0; index < 7; index += 1) {
      const body = JSON.stringify({ ...CREDENTIALS, password: 'wrong' })
      statuses.push((await fetch(url + PATH, { ...LOGIN, body })).status)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 400, 400])
    expect((await fetch(`http://localhost:${port}/__zapsign/health`)).status).toBe(200)
  },
)

/** The objects of a manifest, by their kind and name. */
function objectsOf(file: string) {
  const objects = parseAllDocuments(read(file)).map((document) => document.toJS())
  return Object.fromEntries(objects.map((one) => [`${one.kind} ${one.metadata.name}`, one]))
}

test('the Kubernetes manifest fits together, and its probes ask what the mock answers', async () => {
  const objects = objectsOf('examples/kubernetes/zapsign-mock.yaml')
  expect(Object.keys(objects)).toEqual([
    'Secret zapsign-mock',
    'Deployment zapsign-mock',
    'Service zapsign-mock',
    'Deployment zapsign-valkey',
    'Service zapsign-valkey',
  ])
  const secrets = objects['Secret zapsign-mock'].stringData
  for (const name of ['zapsign-mock', 'zapsign-valkey']) {
    const { selector, template } = objects[`Deployment ${name}`].spec
    const [{ ports, env }] = template.spec.containers
    expect(template.metadata.labels).toEqual(selector.matchLabels)
    const service = objects[`Service ${name}`].spec
    expect(service.selector).toEqual(selector.matchLabels)
    expect(ports.map((port: { name: string }) => port.name)).toEqual([service.ports[0].targetPort])
    for (const { valueFrom } of env)
      if (valueFrom) expect(Object.keys(secrets)).toContain(valueFrom.secretKeyRef.key)
  }
  const password = encodeURIComponent(secrets['valkey-password'])
  expect(secrets.store).toBe(`valkey://:${password}@zapsign-valkey:6379`)

  const [mock] = objects['Deployment zapsign-mock'].spec.template.spec.containers
  const environment = Object.fromEntries(
    mock.env.map(({ name, value = 'x' }: { name: string; value?: string }) => [name, value]),
  )
  expect(Object.keys(readEnvironment(environment))).toEqual([
    'controlToken',
    'store',
    'controlHost',
  ])
  const port = await serve(mock.args, { ZAPSIGN_CONTROL_TOKEN: TOKEN })
  for (const { httpGet } of [mock.readinessProbe, mock.livenessProbe])
    expect((await fetch(`http://127.0.0.1:${port}${httpGet.path}`)).status).toBe(200)
})
