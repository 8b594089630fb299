// A mock as one writes it first: Express, its JSON parser, and jose.
import { randomUUID } from 'node:crypto'
import express from 'express'
import { SignJWT } from 'jose'

const key = new TextEncoder().encode('zapsign-mock: a signing key for tests, known to everybody')
const sign = (token_type, lifetime) =>
  new SignJWT({
    token_type,
    jti: randomUUID().replaceAll('-', ''),
    user_id: 1,
    company_id: 11111,
    type: 'public',
  })
    .setProtectedHeader({ typ: 'JWT', alg: 'HS256' })
    .setExpirationTime(lifetime)
    .sign(key)

const app = express()
app.use(express.json())
app.post('/api/v1/auth/token/:organization/', async (request, response) => {
  const { username, password } = request.body
  if (username !== 'dev@example.com.br' || password !== 'StrongPassword123') {
    response.status(401).json({ detail: 'No active account found with the given credentials' })
    return
  }
  response.json({ refresh: await sign('refresh', '24h'), access: await sign('access', '1h') })
})
app.listen(Number(process.env.ZAPSIGN_MOCK_PORT), '127.0.0.1')
