/** The README's table of fidelity, row by row: what the mock answers has the source that the row names. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SOURCE_HEADER, SOURCES } from '../src/api.js'
import { createZapSign, type ZapSign } from '../src/index.js'
import { REFUSAL_NAMES, refusalRow } from '../src/refusals.js'
import { headingsOf, rowsOf } from './markdown.js'
import {
  call,
  DOCS,
  failToSignIn,
  headerOf,
  OBTAIN,
  payloadOf,
  post,
  REFRESH,
  signIn,
  USERS,
} from './support.js'

const README = readFileSync('README.md', 'utf8')
const ROWS = rowsOf(sectionOf('Fidelity')).map(([what = '', source = '', mock = '']) => ({
  what,
  source,
  mock,
}))

function sectionOf(name: string): string {
  const start = README.indexOf(`## ${name}\n`)
  const next = headingsOf(README).map(({ text }) => README.indexOf(`## ${text}\n`, start + 1))
  return README.slice(start, Math.min(...next.filter((at) => at > 0)))
}

const get = (zapsign: ZapSign, url: string) => call(zapsign, undefined, url)

type Replies = (zapsign: ZapSign) => Promise<Response[]>

/** What shows that a row is true. The replies must have the row's source. */
const PROOFS: Readonly<Record<string, Replies>> = {
  'obtain: 200': async (zapsign) => {
    const accepted = await signIn(zapsign)
    const refused = await signIn(zapsign, { password: 'wrong' })
    await failToSignIn(zapsign, 4)
    const limited = await signIn(zapsign)
    expect([accepted.status, refused.status, limited.status]).toEqual([200, 401, 400])
    return [accepted, refused, limited]
  },
  'refresh: 200': async (zapsign) => {
    const { refresh } = await zapsign.issueTokenPair()
    const renewed = await post(zapsign, REFRESH, { refresh })
    const refused = await post(zapsign, REFRESH, { refresh: 'a.b.c' })
    expect(Object.keys(await renewed.clone().json())).toEqual(['access'])
    expect([renewed.status, refused.status]).toEqual([200, 401])
    return [renewed, refused]
  },
  'tokens: HS256': async (zapsign) => {
    const reply = await signIn(zapsign)
    const { access, refresh } = await reply.clone().json()
    const [accessClaims, refreshClaims] = [payloadOf(access), payloadOf(refresh)]
    expect(Object.keys(accessClaims)).toEqual([
      'token_type',
      'exp',
      'jti',
      'user_id',
      'company_id',
      'type',
    ])
    expect(headerOf(access)).toBe('{"typ":"JWT","alg":"HS256"}')
    expect(Number(refreshClaims['exp']) - Number(accessClaims['exp'])).toBe(23 * 3600)
    return [reply]
  },
  'page links are http': async (zapsign) => {
    const users = Array.from({ length: 60 }, (_, at) => ({
      username: `user${at}@example.com`,
      password: 'a password',
    }))
    for (const user of users) await zapsign.users.add(user)
    const { access } = await zapsign.issueTokenPair()
    const reply = await call(zapsign, `Bearer ${access}`, USERS)
    expect((await reply.clone().json()).next).toMatch(/^http:\/\/api\.zapsign\.com\.br\//)
    return [reply]
  },
  'http is redirected': async (zapsign) => {
    const url = DOCS.replace('https:', 'http:')
    const reply = await call(zapsign, undefined, url, { redirect: 'manual' })
    expect(reply.headers.get('location')).toBe(DOCS)
    return [reply]
  },
  'an unknown static API token': async (zapsign) => {
    const reply = await call(zapsign, 'Bearer unknown')
    expect(reply.status).toBe(403)
    return [reply]
  },
  'no CORS headers': async (zapsign) => {
    const replies = [await signIn(zapsign), await call(zapsign)]
    const names = replies.flatMap(({ headers }) => [...headers.keys()])
    expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([])
    return []
  },
  'no credentials: 403': async (zapsign) => {
    const reply = await call(zapsign)
    expect(reply.status).toBe(403)
    return [reply]
  },
  'an expired or wrong JWT': async (zapsign) => {
    const { access, refresh } = await zapsign.issueTokenPair(undefined, { accessLifetime: '-1s' })
    const replies = [
      await call(zapsign, `Bearer ${access}`),
      await call(zapsign, `Bearer ${refresh}`),
    ]
    expect(replies.map(({ status }) => status)).toEqual([401, 401])
    const other = createZapSign({ unauthorizedStatus: 403, warnings: false })
    expect((await call(other, `Bearer ${refresh}`)).status).toBe(403)
    return replies
  },
  'validation, JSON': async (zapsign) => {
    const replies = [
      await post(zapsign, OBTAIN, {}),
      await post(zapsign, OBTAIN, '{'),
      await get(zapsign, 'https://api.zapsign.com.br/nowhere/'),
      await get(zapsign, OBTAIN),
      await post(zapsign, OBTAIN, {}, { headers: { accept: 'application/xml' } }),
      await post(zapsign, OBTAIN, {}, { headers: { 'content-type': 'text/plain' } }),
      await post(zapsign, OBTAIN.slice(0, -1), {}, { redirect: 'manual' }),
    ]
    const statuses = replies.map(({ status }) => status)
    expect(statuses).toEqual([400, 400, 404, 405, 406, 415, 301])
    return replies
  },
  '500 requests a minute': async (zapsign) => {
    const replies = []
    for (let at = 0; at <= 500; at += 1) replies.push((await call(zapsign)).status)
    expect(new Set(replies)).toEqual(new Set([403]))
    return []
  },
  'the other documented endpoints': async (zapsign) => {
    const { access } = await zapsign.issueTokenPair()
    const url = 'https://api.zapsign.com.br/api/v1/templates/'
    expect((await get(zapsign, url)).status).toBe(403)
    const reply = await call(zapsign, `Bearer ${access}`, url)
    expect(reply.status).toBe(501)
    return [reply]
  },
  'login limit': async (zapsign) => {
    await failToSignIn(zapsign, 5)
    expect((await signIn(zapsign)).status).toBe(400)
    const other = OBTAIN.replace('11111', '22222')
    expect((await signIn(zapsign, {}, other)).status).toBe(200)
    zapsign.time.advance('60s')
    expect((await signIn(zapsign)).status).toBe(200)
    return []
  },
  'an organization id that is unknown': async (zapsign) => {
    const url = OBTAIN.replace('11111', 'somebody')
    expect((await signIn(zapsign, {}, url)).status).toBe(200)
    return []
  },
}

/** Names of error responses that the proofs have caused, each from a mock of its own. */
const CAUSED = new Set<string>()

const proofOf = (what: string) => {
  const name = Object.keys(PROOFS).find((start) => what.startsWith(start))
  return name === undefined ? undefined : PROOFS[name]
}

test('every row has a source that replies can have, or is unknown and says its default', () => {
  const known: readonly string[] = [...SOURCES, 'unknown']
  expect(ROWS.filter(({ source }) => !known.includes(source))).toEqual([])
  expect(Object.keys(PROOFS)).toHaveLength(ROWS.length)
})

test.each(ROWS)('$what: $source', async ({ what, source }) => {
  const zapsign = createZapSign({ warnings: false })
  const replies = await proofOf(what)?.(zapsign)
  const sources = replies?.map(({ headers }) => headers.get(SOURCE_HEADER))
  expect(sources).toEqual(replies?.map(() => source))
  expect(replies).toBeDefined()
  for (const { outcome } of zapsign.journal.entries) CAUSED.add(outcome)
})

test('every error response that is documented, observed or not modelled is in the table', () => {
  const published = REFUSAL_NAMES.filter((name) =>
    ['documented', 'observed', 'not-modelled'].includes(refusalRow(name).source),
  )
  expect(
    published.filter((name) => !CAUSED.has(name)),
    'no proof causes these: add a row to the table "Fidelity" of the README, and its proof to PROOFS',
  ).toEqual([])
})
