import type { SentRequest } from '../http.js'
import type { HttpReply } from './http-client.js'
import { readObject } from './json-body.js'
import { isPage, isRefresh, isSuccess, REFRESH_PATH } from './reply-faults.js'

interface Tried {
  faults: string[]
  warnings: string[]
}

/** An exchange whose tokens can be tried elsewhere. */
interface Trial {
  request: SentRequest
  reply: HttpReply
  /** Tokens that the states of the interaction gave. */
  tokens: { accessToken?: string; refreshToken?: string }
  ask(request: SentRequest): Promise<{ reply: HttpReply; faults: string[] }>
}

const PAGE_PATH = '/api/v1/docs/'

/**
 * Tries tokens where no promise of a single exchange can: a refreshed token on the page, a token twice,
 * the page without a token, and tokens in place of each other. Each kind is tried once in a run. What no
 * promise covers is a warning.
 */
export function createCrossChecks() {
  const done = new Set<string>()
  return async (trial: Trial): Promise<Tried> => {
    const { request, reply } = trial
    const key = `${request.method} ${request.path}`
    if (!isSuccess(reply.status) || done.has(key)) return { faults: [], warnings: [] }
    if (isRefresh(request)) {
      done.add(key)
      return tryRefreshed(trial)
    }
    if (!isPage(request) || !request.headers['authorization']) return { faults: [], warnings: [] }
    done.add(key)
    return tryPage(trial)
  }
}

async function tryRefreshed({ reply, tokens, ask }: Trial): Promise<Tried> {
  const { access } = Object(readObject(reply.body))
  const onPage = await ask(pageRequest(String(access)))
  const { status } = onPage.reply
  const at = `GET ${PAGE_PATH}`
  // Not every provider has the page.
  const hasPage = ![404, 405, 501].includes(status)
  const faults =
    status === 200
      ? onPage.faults.map((fault) => `${at} with the refreshed access token: ${fault}`)
      : [`${at} answered the refreshed access token with ${status}`]
  const warnings: string[] = []
  if (!hasPage) warnings.push(`the refreshed access token was not tried: ${at} answered ${status}`)
  if (tokens.accessToken) {
    const swapped = await ask(refreshRequest(tokens.accessToken))
    warnings.push(...acceptance(swapped.reply, 'an access token as refresh token', [401]))
  }
  return { faults: hasPage ? faults : [], warnings }
}

async function tryPage({ request, tokens, ask }: Trial): Promise<Tried> {
  const again = (await ask(request)).reply.status
  const faults =
    again === 200 ? [] : [`the same access token was answered with ${again} the second time`]
  const { authorization, ...headers } = request.headers
  const bare = (await ask({ ...request, headers })).reply.status
  if (bare !== 401 && bare !== 403)
    faults.push(`a request without an Authorization header was answered with ${bare}, expected 403`)
  if (!tokens.refreshToken) return { faults, warnings: [] }
  const swapped = await ask({
    ...request,
    headers: { ...headers, authorization: `Bearer ${tokens.refreshToken}` },
  })
  return {
    faults,
    warnings: acceptance(swapped.reply, 'a refresh token as access token', [401, 403]),
  }
}

/** Why the reply to a token of the wrong type is not the one of the framework that ZapSign runs. */
function acceptance({ status, body }: HttpReply, token: string, refusals: number[]): string[] {
  if (!refusals.includes(status))
    return [`${token} was answered with ${status}, expected ${refusals.join(' or ')}`]
  const { code } = Object(readObject(body))
  if (code === 'token_not_valid') return []
  return [`${token} was refused without the code "token_not_valid"`]
}

function pageRequest(token: string): SentRequest {
  const headers = { authorization: `Bearer ${token}` }
  return { method: 'GET', path: PAGE_PATH, query: 'page=1', headers, body: '' }
}

function refreshRequest(refresh: string): SentRequest {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ refresh })
  return { method: 'POST', path: REFRESH_PATH, query: '', headers, body }
}
