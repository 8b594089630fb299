import type { Endpoint } from '../call.js'
import { readFields } from '../framework/body.js'
import { describeView } from '../framework/metadata.js'
import { refuse } from '../refusals.js'
import { INVALID_OR_EXPIRED } from '../tokens.js'

/**
 * "Refresh your access token", ZapSign docs. The refresh token is not rotated, and its user is not
 * looked up: as SimpleJWT does it.
 */
export const refresh: Endpoint = {
  path: '/api/v1/auth/token-refresh/',
  method: 'POST',
  isProtected: false,
  metadata: describeView({
    name: 'Token Refresh',
    description:
      'Takes a refresh type JSON web token and returns an access type JSON web\ntoken if the refresh token is valid.',
    fields: [{ name: 'refresh' }, { name: 'access', isReadOnly: true }],
  }),

  async answer({ provider, request, notes }) {
    const reading = readFields(request, ['refresh'], provider.settings.messages)
    notes.fields = reading.fields
    if (reading.refusal) return reading.refusal
    notes.isDocumented = reading.isDocumented
    const { refresh: token } = reading.values
    notes.token = token
    const { claims, fault } = await provider.tokens.read(token, 'refresh')
    if (fault === INVALID_OR_EXPIRED) return refuse('refreshRefused')
    if (!claims) return refuse('refreshUnusable', fault)
    const access = await provider.tokens.issueAccess(claims)
    return { outcome: 'refreshed', status: 200, basis: 'documented', json: () => ({ access }) }
  },
}
