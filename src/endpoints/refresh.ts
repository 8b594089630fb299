import { type Answer, refuse, withFacts } from '../answer.js'
import { unverifiedClaim } from '../claims.js'
import { readFields, readText } from '../framework/body.js'
import { describeView } from '../framework/metadata.js'
import { INVALID_OR_EXPIRED } from '../tokens.js'
import { refuseBody } from './body-refusal.js'
import type { Call, Endpoint } from './endpoint.js'

/**
 * "Refresh your access token", ZapSign docs. The refresh token is not rotated, and its user is not
 * looked up, as in SimpleJWT.
 */
export const refresh: Endpoint = {
  name: 'refresh',
  path: '/api/v1/auth/token-refresh/',
  isProtected: false,
  metadata: describeView({
    name: 'Token Refresh',
    description:
      'Takes a refresh type JSON web token and returns an access type JSON web\ntoken if the refresh token is valid.',
    fields: [{ name: 'refresh' }, { name: 'access', isReadOnly: true }],
  }),
  methods: { POST: answerRefresh },
  readUser: (request) => ({ userId: unverifiedClaim(readText(request, 'refresh'), 'user_id') }),
}

async function answerRefresh({ context, request, now }: Call): Promise<Answer> {
  const reading = readFields(request, ['refresh'], context.settings.messages)
  const { fields } = reading
  if (reading.fault) return withFacts(refuseBody(reading.fault), { fields })
  const token = reading.values.refresh
  const facts = { fields, token, isDocumented: reading.isDocumented }
  const { claims, fault, crashed } = await context.tokens.read(token, 'refresh', now)
  if (crashed) return withFacts(refuse('crashed'), facts)
  if (fault === INVALID_OR_EXPIRED) return withFacts(refuse('refreshRefused'), facts)
  if (!claims) return withFacts(refuse('refreshUnusable', fault), facts)
  const access = await context.tokens.issueAccess(claims, now)
  return withFacts(
    { outcome: 'refreshed', status: 200, source: 'documented', json: () => ({ access }) },
    facts,
  )
}
