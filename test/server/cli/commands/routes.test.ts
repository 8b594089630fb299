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
