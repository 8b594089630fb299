import { expect, test } from 'vitest'
import { createStateHandlers } from '../../../contracts/index.js'
import { ANA, useResources, V2, verifyQuickly } from './support.js'

const { pactOf, serve, startTampered, write } = useResources()

/** A team's provider states URL: it answers each request with a function, and records it. */
async function startStates(answer: (state: string, action: string) => unknown) {
  const asked: Record<string, unknown>[] = []
  const providerStatesUrl = await serve(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const body = JSON.parse(text)
    asked.push({ url: request.url, ...body })
    const values = await answer(body.state, body.action)
    response.writeHead(typeof values === 'number' ? values : 200)
    response.end(typeof values === 'object' ? JSON.stringify(values) : 'OK')
  })
  return { asked, providerStatesUrl }
}

test('expired tokens from the provider states URL are really checked', async () => {
  const { url: baseUrl, zapsign } = await startTampered()
  const handlers = createStateHandlers(zapsign)
  const login = { ...ANA, organizationId: ANA.organization }
  const { asked, providerStatesUrl } = await startStates((state, action) => {
    if (action === 'teardown') return zapsign.time.reset()
    return state in handlers ? handlers[state as keyof typeof handlers](login) : {}
  })
  const pacts = [pactOf('refreshRefused', 'expired')]
  const options = { baseUrl, ...ANA, pacts, providerStatesUrl: `${providerStatesUrl}/states?a=1` }
  const { interactions } = await verifyQuickly(options)
  expect(interactions.map(({ result, reason }) => [result, reason])).toEqual([
    ['kept', undefined],
    ['kept', undefined],
  ])
  expect(asked.map(({ action, state }) => `${action} ${state}`)).toEqual([
    'setup the refresh token has expired',
    'teardown the refresh token has expired',
    'setup the access token has expired',
    'teardown the access token has expired',
  ])
  expect(asked[0]).toEqual({
    url: '/states?a=1',
    consumer: 'any client',
    state: 'the refresh token has expired',
    states: ['the refresh token has expired'],
    params: { expiredRefreshToken: expect.any(String) },
    action: 'setup',
  })
})

test('a state of the team is set up by its URL, and its values replace those in the pact', async () => {
  const { url: baseUrl, zapsign } = await startTampered()
  const { providerStatesUrl } = await startStates(() => ({ someone: ANA.username, number: 777 }))
  const [, wrong] = V2.interactions
  const interaction = {
    ...wrong,
    providerStates: [{ name: 'somebody exists', params: { someone: 'nobody', number: '11111' } }],
  }
  const metadata = { pactSpecification: { version: '3.0.0' } }
  const pacts = [write('own.json', { ...V2, interactions: [interaction], metadata })]
  const report = await verifyQuickly({ baseUrl, ...ANA, pacts, providerStatesUrl })
  expect(report).toMatchObject({ kept: true })
  expect(zapsign.journal.entries).toMatchObject([
    { path: '/api/v1/auth/token/777/', username: ANA.username, status: 401 },
  ])
})

test('without an expired token from the URL, the interaction is not checked, and the reason is named', async () => {
  const { url: baseUrl } = await startTampered()
  const { providerStatesUrl } = await startStates(() => ({}))
  const options = { baseUrl, ...ANA, pacts: [pactOf('expired')], providerStatesUrl }
  expect((await verifyQuickly(options)).interactions).toMatchObject([
    {
      result: 'notChecked',
      reason:
        'the provider states URL returned no expiredAccessToken: a token signed with an unknown key was refused as specified',
    },
  ])
})

test('values of the URL replace the credentials, and are not shown', async () => {
  const { url: baseUrl } = await startTampered()
  const { providerStatesUrl } = await startStates(() => ({
    password: 'hidden-other',
    accessToken: 'hidden-token',
  }))
  const options = {
    baseUrl,
    ...ANA,
    pacts: [pactOf('authenticated', 'authorized')],
    providerStatesUrl,
  }
  const report = await verifyQuickly(options)
  expect(report.interactions).toMatchObject([
    { result: 'broken', faults: ['expected 200 but was 401'] },
    { result: 'broken', faults: ['expected 200 but was 403'] },
  ])
  expect(JSON.stringify(report)).not.toContain('hidden')
})

test.each([
  ['an error', 500, 'the provider states URL answered setup with 500'],
  ['text', undefined, undefined],
])('a URL that answers with %s', async (_, answer, fault) => {
  const { url: baseUrl } = await startTampered()
  const { providerStatesUrl } = await startStates((__, action) =>
    action === 'setup' ? answer : undefined,
  )
  const options = { baseUrl, ...ANA, pacts: [pactOf('authenticated')], providerStatesUrl }
  const [result] = (await verifyQuickly(options)).interactions
  const state = 'the state "the user can sign in" could not be set up'
  expect(result?.faults).toEqual(fault && [`${state}: ${fault}`])
})

test('a URL that does not listen breaks the interaction', async () => {
  const { url: baseUrl } = await startTampered()
  const providerStatesUrl = 'http://127.0.0.1:1/states'
  const options = { baseUrl, ...ANA, pacts: [pactOf('authenticated')], providerStatesUrl }
  expect((await verifyQuickly(options)).interactions[0]?.faults).toEqual([
    'the state "the user can sign in" could not be set up: the provider states URL did not answer: ECONNREFUSED',
    expect.stringContaining('could not be torn down'),
  ])
})
