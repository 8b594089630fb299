const API = 'https://api.zapsign.com.br/api/v1'

/** ZapSign, with the user of the environment. One login serves all calls until its token expires. */
export function createZapSignClient(environment = process.env) {
  let login: Promise<string> | undefined

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const first = await send(method, path, body)
    if (!(await isExpired(first.response))) return read(first.response)
    // Another call may have signed in again while this one was on its way.
    if (login === first.login) login = undefined
    return read((await send(method, path, body)).response)
  }

  async function send(method: string, path: string, body?: object) {
    login ??= signIn()
    const used = login
    const response = await request(method, path, body, await used)
    return { response, login: used }
  }

  async function signIn(): Promise<string> {
    const { ZAPSIGN_ORGANIZATION_ID, ZAPSIGN_USERNAME, ZAPSIGN_PASSWORD } = environment
    const credentials = { username: ZAPSIGN_USERNAME, password: ZAPSIGN_PASSWORD }
    try {
      const path = `/auth/token/${ZAPSIGN_ORGANIZATION_ID}/`
      return (await read(await request('POST', path, credentials))).access
    } catch (error) {
      // A wrong password stays wrong, and every login with it gets closer to the login limit.
      const isRefused = error instanceof ZapSignError && error.status < 500
      if (!isRefused) login = undefined
      throw error
    }
  }

  return { call }
}

function request(method: string, path: string, body?: object, access?: string): Promise<Response> {
  return fetch(API + path, {
    method,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(access && { authorization: `Bearer ${access}` }),
    },
    body: body ? JSON.stringify(body) : null,
    signal: AbortSignal.timeout(10_000),
  })
}

/** ZapSign's pages show 401 and 403 for an expired token: the code tells it from other refusals. */
async function isExpired(response: Response): Promise<boolean> {
  if (response.status !== 401 && response.status !== 403) return false
  return (await response.clone().json()).code === 'token_not_valid'
}

async function read(response: Response) {
  if (response.ok) return response.json()
  throw new ZapSignError(response.status)
}

export class ZapSignError extends Error {
  constructor(readonly status: number) {
    super(`ZapSign answered with ${status}`)
  }
}
