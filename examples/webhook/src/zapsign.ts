/** What the program needs of a document. ZapSign sends more. */
export interface Document {
  token: string
  status: 'pending' | 'signed'
  signers: { name: string; token: string; sign_url: string; status: string }[]
}

export interface Settings {
  apiUrl: string
  organizationId: string
  username: string
  password: string
}

/**
 * Creates and reads documents. It signs in for each call, to be short: the example typescript-client keeps
 * the tokens.
 */
export function createZapSign({ apiUrl, organizationId, username, password }: Settings) {
  async function send(method: string, path: string, body?: object, access?: string) {
    const response = await fetch(apiUrl + path, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(access && { authorization: `Bearer ${access}` }),
      },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(10_000),
      redirect: 'error',
    })
    if (!response.ok) throw new Error(`ZapSign answered with ${response.status}`)
    return response.json()
  }

  async function call(method: string, path: string, body?: object): Promise<Document> {
    const credentials = { username, password }
    const { access } = await send('POST', `/auth/token/${organizationId}/`, credentials)
    return send(method, path, body, access)
  }

  return {
    createDocument: (name: string, signers: { name: string; email: string }[]) =>
      call('POST', '/docs/', { name, signers, url_pdf: 'https://files.example/contract.pdf' }),
    document: (token: string) => call('GET', `/docs/${encodeURIComponent(token)}/`),
  }
}

export type ZapSign = ReturnType<typeof createZapSign>
