import { createHmac } from 'node:crypto'

/** A token signed with an unknown key, which any provider must refuse. */
export function forgeToken(tokenType: 'access' | 'refresh'): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    token_type: tokenType,
    exp: 4_102_444_800,
    jti: '0'.repeat(32),
    user_id: 1,
    company_id: 1,
    type: 'public',
  }
  const signed = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', 'a key that no provider has').update(signed).digest('base64url')}`
}
