import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { CompactSign } from 'jose'
import { expect, test } from 'vitest'
import { createNodeSigner } from '../../server/http/create-fast-zapsign.js'
import { createNobleSigner } from '../../src/hmac-signer.js'
import type { Signer } from '../../src/tokens.js'
import { createJoseSigner } from '../jose-signer.js'

const SIGNERS: [string, (secret: string) => Signer][] = [
  ['@noble/hashes', createNobleSigner],
  ['node:crypto', createNodeSigner],
]

const RUNS = 3000

const KEY = 'a key for this test'

/** Any text that is not empty: ASCII, other characters, lone surrogates, and keys longer than a block of SHA-256. */
const secret = fc.oneof(
  fc.string({ minLength: 1, unit: 'binary' }),
  fc.string({ minLength: 1, maxLength: 300 }),
)

const payload = fc.oneof(
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc.string({ minLength: 100, maxLength: 1000 }),
)

const encode = (text: string) => Buffer.from(text).toString('base64url')

const HEADERS = [
  '{"typ":"JWT","alg":"HS256"}',
  '{"alg":"HS256"}',
  '{"alg":"HS256","typ":"JWT"}',
  '{"typ":"JWT","alg":"HS256","x":1}',
  '{"typ":"JWT","alg":"HS256","crit":["x"],"x":1}',
  '{"typ":"JWT","alg":"none"}',
  '{"typ":"JWT","alg":"HS512"}',
  '{"typ":"JWT"}',
  '[]',
  'null',
  '',
]

/** A token with any header and any payload, signed with HS256. */
const token = fc
  .tuple(fc.constantFrom(...HEADERS), payload, fc.constantFrom(KEY, 'another key'))
  .map(([header, text, key]) => {
    return signedWith(key, `${encode(header)}.${encode(text)}`)
  })

/** Adds a signature that fits, whatever the header says. */
function signedWith(key: string, signed: string): string {
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}

const SUFFIXES = ['=', '==', 'A', 'B', '\n', ' ', '.', '.A', '-', '+', '/', 'é', '\0', '']

/** A token that somebody has changed: in one place, at its end, or its base64 spelled differently. */
const changed = fc
  .tuple(token, fc.nat(), fc.constantFrom(...SUFFIXES), fc.constantFrom('insert', 'replace', 'end'))
  .map(([text, place, part, how]) => {
    const at = how === 'end' ? text.length : place % (text.length + 1)
    return text.slice(0, at) + part + text.slice(how === 'replace' ? at + 1 : at)
  })

const noToken = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '.', '..', 'a.b.c'))

test.each(SIGNERS)('%s signs the same bytes as jose', async (_, create) => {
  await fc.assert(
    fc.asyncProperty(secret, payload, async (key, text) => {
      expect(await create(key).sign(text)).toBe(await createJoseSigner(key).sign(text))
    }),
    { numRuns: RUNS },
  )
})

test.each(SIGNERS)(
  '%s accepts every token that jose accepts, and refuses other keys and algorithms',
  async (_, create) => {
    const own = create(KEY)
    const reference = createJoseSigner(KEY)
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(fc.oneof(token, changed, noToken), async (text) => {
        const [mine, expected] = [await own.verify(text), await reference.verify(text)]
        // jose skips white space in base64, PyJWT refuses it here.
        if (!expected || /\s/.test(text)) return
        expect(mine && Buffer.from(mine).toString('hex')).toBe(
          Buffer.from(expected).toString('hex'),
        )
        accepted += 1
      }),
      { numRuns: RUNS },
    )
    expect(accepted).toBeGreaterThan(RUNS / 20)
  },
)

test.each(SIGNERS)(
  '%s accepts every spelling of a right signature that jose accepts',
  async (_, create) => {
    const right = await create(KEY).sign('{"a":1}')
    const reference = createJoseSigner(KEY)
    for (let code = 0; code < 128; code += 1) {
      const last = String.fromCharCode(code)
      for (const text of [right.slice(0, -1) + last, right + last, last + right]) {
        const expected = await reference.verify(text)
        if (expected && !/\s/.test(last))
          expect([text, await create(KEY).verify(text)]).toEqual([text, expected])
      }
    }
  },
)

test.each(SIGNERS)('%s refuses a payload that is cut off, as jose does', async (_, create) => {
  const header = encode(HEADERS[0] ?? '')
  for (const part of ['', 'A', 'AA', 'AAA', 'AAAA', 'AAAAA', 'AB', '__', '--', 'e_-']) {
    const text = signedWith(KEY, `${header}.${part}`)
    const [mine, expected] = [
      await create(KEY).verify(text),
      await createJoseSigner(KEY).verify(text),
    ]
    expect(mine && [...mine]).toEqual(expected && [...expected])
  }
})

test.each(SIGNERS)(
  '%s accepts a token that another program signed with the key',
  async (_, create) => {
    const bytes = new TextEncoder().encode('{"a":1}')
    const foreign = await new CompactSign(bytes)
      .setProtectedHeader({ alg: 'HS256', kid: 'x' })
      .sign(new TextEncoder().encode(KEY))
    expect(Buffer.from((await create(KEY).verify(foreign)) ?? []).toString()).toBe('{"a":1}')
  },
)

test.each(SIGNERS)('%s refuses a change of any character, as jose does', async (_, create) => {
  const right = await create(KEY).sign('{"a":1}')
  const reference = createJoseSigner(KEY)
  for (let at = 0; at < right.length; at += 1) {
    const text = right.slice(0, at) + (right[at] === 'x' ? 'y' : 'x') + right.slice(at + 1)
    expect([at, await create(KEY).verify(text)]).toEqual([at, await reference.verify(text)])
  }
})
