// The limit: the least that a program in Node does for the same login. It reads the body, compares the
// credentials and signs both tokens with createHmac.

import { createHmac, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'

const key = 'zapsign-mock: a signing key for tests, known to everybody'
const HEADER = Buffer.from('{"typ":"JWT","alg":"HS256"}').toString('base64url')
const sign = (claims) => {
  const input = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`
}
const server = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (c) => {
    body += c
  })
  request.on('end', () => {
    const { username, password } = JSON.parse(body)
    if (username !== 'dev@example.com.br' || password !== 'StrongPassword123') {
      response.statusCode = 401
      return response.end()
    }
    const seconds = Math.floor(Date.now() / 1000)
    const claims = (token_type, life) => ({
      token_type,
      exp: seconds + life,
      jti: randomUUID().replaceAll('-', ''),
      user_id: 1,
      company_id: 11111,
      type: 'public',
    })
    const text = JSON.stringify({
      refresh: sign(claims('refresh', 86400)),
      access: sign(claims('access', 3600)),
    })
    response.setHeader('content-type', 'application/json')
    response.end(text)
  })
})
server.listen(Number(process.env.ZAPSIGN_MOCK_PORT), '127.0.0.1')
