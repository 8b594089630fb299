import type { Client } from '../../contracts/index.js'

/** A request before a client sends it. */
export interface Outgoing {
  method: string
  url: string
  headers: Record<string, string>
  body?: string
}

/** The mistakes of a client: in its requests, or in how it reads replies. */
export interface Flaws {
  /** Changes a request. */
  send?(request: Outgoing, kind: 'obtain' | 'refresh' | 'page'): Outgoing
  /** Sends a request: more than once, or not at all. */
  transport?(
    request: Outgoing,
    fetchIt: (request: Outgoing) => Promise<Response>,
  ): Promise<Response>
  /** Changes what the client understood. */
  understand?(understood: Record<string, unknown>, status: number): Record<string, unknown>
}

const fetchIt = ({ url, ...init }: Outgoing) => fetch(url, init)

/** A client that is correct apart from its flaws. */
export function createClient({
  send = (request) => request,
  transport,
  understand = (it) => it,
}: Flaws = {}): Client {
  async function exchange(request: Outgoing, kind: 'obtain' | 'refresh' | 'page') {
    const outgoing = send(request, kind)
    const response = transport ? await transport(outgoing, fetchIt) : await fetchIt(outgoing)
    const text = await response.text()
    return { status: response.status, body: text ? JSON.parse(text) : {} }
  }

  const post = (url: string, body: object): Outgoing => ({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

  return {
    async obtainToken({ baseUrl, organizationId, username, password }) {
      const url = `${baseUrl}/api/v1/auth/token/${organizationId}/`
      const { status, body } = await exchange(post(url, { username, password }), 'obtain')
      if (status === 200) return understand({ kind: 'authenticated', ...body }, status) as never
      if (status === 401) return understand({ kind: 'invalidCredentials' }, status) as never
      if (status === 400 && body.message === 'Rate limit exceeded') {
        return understand({ kind: 'rateLimited' }, status) as never
      }
      throw new Error(`Unexpected status ${status}`)
    },
    async refresh({ baseUrl, refresh }) {
      const url = `${baseUrl}/api/v1/auth/token-refresh/`
      const { status, body } = await exchange(post(url, { refresh }), 'refresh')
      if (status === 200) return understand({ kind: 'refreshed', ...body }, status) as never
      if (status === 401) return understand({ kind: 'refreshRefused' }, status) as never
      throw new Error(`Unexpected status ${status}`)
    },
    async callProtected({ baseUrl, access }) {
      const url = `${baseUrl}/api/v1/docs/?page=1`
      const headers = { authorization: `Bearer ${access}` }
      const { status } = await exchange({ method: 'GET', url, headers }, 'page')
      if (status === 200) return understand({ kind: 'authorized' }, status) as never
      if (status === 401) return understand({ kind: 'expired' }, status) as never
      throw new Error(`Unexpected status ${status}`)
    },
  }
}
