import type { RawRequest } from '../corpus.js'
import type { RawReply } from '../raw.js'
import { payloadOf } from '../support.js'

/** What two replies must have in common: all that PROVIDER.md speaks of. */
export interface Compared {
  status: number
  type: string | undefined
  allow: string | undefined
  challenge: string | undefined
  location: string | undefined
  body: string
}

const TOKEN = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g

/**
 * Brings a reply into the form that is compared. Left out are what differs by nature: ids and times
 * of tokens, SimpleJWT's `iat` and its order of claims, the text of HTML pages, and bodies of replies to HEAD,
 * which Python's development server sends.
 */
export function comparable({ method }: RawRequest, { status, headers, body }: RawReply): Compared {
  const type = headers['content-type']
  const hasText = method !== 'HEAD' && !(type?.startsWith('text/html') && body !== '')
  return {
    status,
    type,
    allow: headers['allow'],
    challenge: headers['www-authenticate'],
    location: headers['location'],
    body: hasText ? body.replace(TOKEN, describeToken) : '',
  }
}

function describeToken(token: string): string {
  try {
    const { iat, jti, exp, ...claims } = payloadOf(token)
    const hours = Math.round((Number(exp) - Date.now() / 1000) / 360) / 10
    return JSON.stringify({ ...Object.fromEntries(Object.entries(claims).sort()), hours })
  } catch {
    // Python writes numbers such as Infinity, which JSON does not have.
    const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
    const claims = text.slice(1, -1).split(',')
    return claims
      .filter((claim) => !/^"(iat|jti|exp)":/.test(claim))
      .sort()
      .join()
  }
}
