import { expect, test } from 'vitest'
import { meantFor } from '../../../contracts/consumer/explain.js'
import type { SentRequest } from '../../../contracts/http.js'
import { LITERALS, OBTAIN_PROMISES, type PromiseName } from '../../../contracts/promises.js'

const { username, password, accessToken, expiredAccessToken, refreshToken } = LITERALS
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
const PAGE = '/api/v1/docs/'

function meant(change: Partial<SentRequest>, asked: readonly PromiseName[] = OBTAIN_PROMISES) {
  const request = { method: 'GET', path: '/', query: '', headers: {}, body: '' }
  return meantFor({ ...request, ...change }, asked)
}

test.each<[string, Partial<SentRequest>, PromiseName | undefined]>([
  ['a health check', { path: '/health' }, undefined],
  ['creating a document', { method: 'POST', path: PAGE, body: '{}' }, undefined],
  ['the page', { path: PAGE, ...bearer(accessToken) }, undefined],
  ['a user by e-mail', { path: '/api/v1/users/', query: `email=${username}` }, undefined],
  ['a signer by e-mail', { method: 'POST', path: PAGE, body: `"${username}"` }, undefined],
  ['a login elsewhere', { path: '/login', body: `"${username}"` }, 'authenticated'],
  ['a password in a query', { path: PAGE, query: `password=${password}` }, 'authenticated'],
  [
    'a percent-encoded user name',
    { path: `/login/${encodeURIComponent(username)}` },
    'authenticated',
  ],
  ['anything below /auth/', { path: '/api/v1/auth/me/' }, 'authenticated'],
  ['/auth/ with two slashes', { path: '//api/v1//auth/token/' }, 'authenticated'],
  ['a refresh without a token', { path: '/api/v1/auth/token-refresh/' }, 'refreshed'],
  ['a refresh token elsewhere', { path: '/session', body: refreshToken }, 'refreshed'],
  ['a refresh token on a page', { path: PAGE, ...bearer(refreshToken) }, 'authorized'],
])('without being asked for more than logins, %s is meant for %j', (_, change, name) => {
  expect(meant(change)).toBe(name)
})

test.each<[string, Partial<SentRequest>, PromiseName | undefined]>([
  ['the page without a token', { path: PAGE }, 'authorized'],
  ['the page without its slash', { path: '/api/v1/docs' }, 'authorized'],
  ['the page with the expired token', { path: PAGE, ...bearer(expiredAccessToken) }, 'expired'],
  ['the page with another method', { method: 'POST', path: PAGE }, 'authorized'],
  ['creating a document', { method: 'POST', path: PAGE, body: '{}' }, undefined],
  ['one document', { path: `${PAGE}1/`, ...bearer(accessToken) }, undefined],
])('asked for authorized, %s is meant for %j', (_, change, name) => {
  expect(meant(change, ['authorized'])).toBe(name)
})
