import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWireTokens } from '../../../contracts/consumer/wire-tokens.js'
import { LITERALS } from '../../../contracts/promises.js'

const expOf = (token = '') =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).exp

test('the tokens of one reply expire exactly 23 hours apart, whatever the clock does', () => {
  let time = 0
  const tokens = createWireTokens(() => (time += 400))
  for (let count = 0; count < 10; count += 1) {
    const { refreshToken: refresh, accessToken: access } = LITERALS
    const reply = JSON.parse(tokens.issue(JSON.stringify({ refresh, access })))
    expect(expOf(reply.refresh) - expOf(reply.access)).toBe(82_800)
  }
})

const tokens = createWireTokens()
const given = Object.entries(tokens.given)

test('tokens become literals wherever they are in a request', () => {
  const text = fc.string()
  fc.assert(
    fc.property(fc.constantFrom(...given), text, text, ([name, token], before, after) => {
      // Letters directly after a token would make it another one.
      const around = (value: string) => `${before}${value}/${after}`
      const request = (value: string) => ({
        method: 'POST',
        path: around(value),
        query: around(value),
        headers: { authorization: around(value) },
        body: around(value),
      })
      const literal = LITERALS[name as keyof typeof tokens.given]
      expect(tokens.toLiterals(request(token))).toEqual(request(literal))
    }),
  )
})

test('other text stays as it is, also a token that is cut off or of another run', () => {
  const other = createWireTokens().given.accessToken
  for (const body of [other, tokens.given.accessToken.slice(0, -1), `${tokens.given.accessToken}x`])
    expect(tokens.toLiterals({ method: '', path: '', query: '', headers: {}, body }).body).toBe(
      body,
    )
})
