import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { type Access, curlCommand, printBanner } from '../../../../server/cli/output/banner.js'
import { recordingPrinter } from './recording-printer.js'

const ACCESS: Access = {
  url: 'http://127.0.0.1:9277',
  organization: '11111',
  username: 'dev@example.com.br',
  password: 'StrongPassword123',
}

test('the banner shows the address, the configuration, the credentials and an example call', () => {
  const printer = recordingPrinter()
  const console = `${ACCESS.url}/__zapsign/`
  printBanner(ACCESS, { config: 'my.yaml', console, users: 3 }, printer)
  expect(printer.lines.join('\n')).toBe(`zapsign-mock is listening at http://127.0.0.1:9277

  configuration  my.yaml
  console        http://127.0.0.1:9277/__zapsign/
  users          3
  organization   11111
  username       dev@example.com.br
  password       StrongPassword123

Try it:
  curl http://127.0.0.1:9277/api/v1/auth/token/11111/ -H 'Content-Type: application/json' -d '{"username":"dev@example.com.br","password":"StrongPassword123"}'
`)
})

test.each(["it's", 'a"b\\c', '$HOME `x`', 'ação; rm -rf /'])(
  'a shell passes the password %j of the curl line unchanged',
  (password) => {
    const line = curlCommand({ ...ACCESS, organization: 'a b', password })
    const printed = execFileSync('sh', ['-c', line.replace(/^curl/, 'printf "%s\\n"')], {
      encoding: 'utf8',
    })
    const [url, , , , body = ''] = printed.split('\n')
    expect(url).toBe('http://127.0.0.1:9277/api/v1/auth/token/a%20b/')
    expect(JSON.parse(body)).toEqual({ username: ACCESS.username, password })
  },
)
