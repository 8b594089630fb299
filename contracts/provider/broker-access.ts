/** The host of a broker, and how to sign in there. */
export interface BrokerAccess {
  /** Credentials are sent to this host only. */
  baseUrl: string
  token?: string
  username?: string
  password?: string
}

/** The header that signs in to a broker; no header without credentials. */
export function credentials({ token, username, password }: BrokerAccess): {
  authorization?: string
} {
  if (token !== undefined) return { authorization: `Bearer ${token}` }
  if (username === undefined) return {}
  const pair = Buffer.from(`${username}:${password}`).toString('base64')
  return { authorization: `Basic ${pair}` }
}

/** Whether a URL is on the broker's own host, or on its secure variant. */
export function isOwn(baseUrl: string, url: string): boolean {
  const [base, other] = [new URL(baseUrl), new URL(url)]
  const isUpgrade =
    base.protocol === 'http:' && other.protocol === 'https:' && !base.port && !other.port
  return base.origin === other.origin || (isUpgrade && base.hostname === other.hostname)
}
