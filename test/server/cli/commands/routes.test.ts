import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { usePublishedCommand } from '../published-command.js'

const { run, start, path } = usePublishedCommand()

test('--routes takes the documents example of the package, and run passes it on', async () => {
  writeFileSync(
    path('client.mjs'),
    `
    const { ZAPSIGN_BASE_URL: url, ZAPSIGN_USERNAME: username, ZAPSIGN_PASSWORD: password } = process.env
    const post = (path, body, headers) => fetch(url + path, {
      method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
    const { access } = await (await post('/api/v1/auth/token/11111/', { username, password })).json()
    const created = await post('/api/v1/docs/', { name: 'x', url_pdf: 'y', signers: [] }, { authorization: 'Bearer ' + access })
    console.log(created.status, created.headers.get('x-zapsign-mock'))`,
  )
  const args = [
    'run',
    '--routes',
    'zapsign-mock/examples/documents',
    '--',
    process.execPath,
    'client.mjs',
  ]
  expect(await run(args)).toEqual({ code: 0, stdout: '200 configured\n', stderr: '' })
})

test('routes come from the configuration and from modules together', async () => {
  writeFileSync(
    path('routes.mjs'),
    "export default (router) => router.get('/a/', (q, s) => s.json('a'))",
  )
  writeFileSync(
    path('zapsign-mock.config.json'),
    '{"routes":[{"method":"GET","path":"/b/","protected":false,"body":"b"}]}',
  )
  const { said } = start(['--port', '0', '--json', '--routes', 'routes.mjs'])
  const [line] = await said(/.+\n/)
  const { url } = JSON.parse(line)
  const bodies = [await (await fetch(`${url}/a/`)).json(), await (await fetch(`${url}/b/`)).json()]
  expect(bodies).toEqual(['a', 'b'])
})

test('a syntax error in a module is one line with its place, and exit code 2', async () => {
  writeFileSync(path('routes.mjs'), '\nexport default (')
  expect(await run(['--port', '0', '--routes', 'routes.mjs'])).toEqual({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(
      /^zapsign-mock: Cannot load routes\.mjs: SyntaxError: .* \(line \d\)\n$/,
    ),
  })
})

test('a wrong route in a file is one line that names the file, and exit code 2', async () => {
  writeFileSync(path('c.json'), '{"routes":[{"method":"GET","path":"/api/v1/auth/x/"}]}')
  expect(await run(['--port', '0', '--config', 'c.json'])).toEqual({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(
      /^zapsign-mock: c\.json: routes\[0\]\.path must be outside of .*\n$/,
    ),
  })
})

test('under contract, the routes accept the tokens that the client was given, and no others', async () => {
  writeFileSync(
    path('client.mjs'),
    `
    const { ZAPSIGN_BASE_URL: url, ZAPSIGN_ORGANIZATION_ID: organization, ...given } = process.env
    const post = (path, body, token) => fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: 'Bearer ' + token }) },
      body: JSON.stringify(body) })
    const signIn = (username, password) =>
      post('/api/v1/auth/token/' + organization + '/', { username, password }).then((reply) => reply.json())
    const { access } = await signIn(given.ZAPSIGN_USERNAME, given.ZAPSIGN_PASSWORD)
    await signIn(given.ZAPSIGN_USERNAME, given.ZAPSIGN_WRONG_PASSWORD)
    await signIn(given.ZAPSIGN_BLOCKED_USERNAME, given.ZAPSIGN_PASSWORD)
    const create = (token) => post('/api/v1/docs/', { name: 'x', url_pdf: 'y', signers: [] }, token)
    const foreign = access.slice(0, -8) + 'AAAAAAAA'
    const statuses = []
    for (const token of [access, given.ZAPSIGN_EXPIRED_ACCESS_TOKEN, foreign]) statuses.push((await create(token)).status)
    console.log(statuses.join())`,
  )
  const args = ['contract', '--consumer', 'x', '--routes', 'zapsign-mock/examples/documents']
  const { code, stdout, stderr } = await run([...args, '--', process.execPath, 'client.mjs'])
  expect([code, stdout]).toEqual([0, '200,401,401\n'])
  expect(stderr).toContain('- POST /api/v1/docs/')
})
