import { expect, test } from 'vitest'
import { redact } from '../../contracts/redact.js'

test.each([
  ['expected eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0abc.c2ln to be', [], 'expected (a token) to be'],
  ['cut off: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0abc.', [], 'cut off: (a token)'],
  ['got "s3cret-value"', ['s3cret-value'], 'got "(withheld)"'],
  ['got "a b" twice: a b c', ['a b c'], 'got "a b" twice: (withheld)'],
  ['"1" is not "21"', ['1'], '"(withheld)" is not "21"'],
  ['a $& b', ['$&'], 'a (withheld) b'],
  ['got "a\\"b" and a%22b', ['a"b'], 'got "(withheld)" and (withheld)'],
  ['whole: secret-and-more', ['secret', 'secret-and-more'], 'whole: (withheld)'],
  ['nothing', ['', '\ud800'], 'nothing'],
  ['https://api.zapsign.com.br/api/v1/', [], 'https://api.zapsign.com.br/api/v1/'],
  ['a.eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0abc.c2ln.b', [], 'a.(a token).b'],
])('%s', (text, secrets, shown) => {
  expect(redact(text, secrets)).toBe(shown)
})

test.each(['x', 'x-', '.x', 'xxxxxxxx.'])('a long text of %j is read once', (part) => {
  const text = part.repeat(100_000)
  expect(redact(`${text} end`).slice(-4)).toBe(' end')
})
