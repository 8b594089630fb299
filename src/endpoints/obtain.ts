import type { Endpoint, Provider } from '../call.js'
import { readFields } from '../framework/body.js'
import { describeView } from '../framework/metadata.js'
import { forceRefusal } from '../outcomes.js'
import { type Answer, refuse } from '../refusals.js'
import { belongsTo, type User } from '../users.js'

/** "Get access token", ZapSign docs. */
export const obtain: Endpoint = {
  path: '/api/v1/auth/token/{organization_id}/',
  method: 'POST',
  isProtected: false,
  metadata: describeView({
    name: 'Token Obtain Pair',
    description:
      'Takes a set of user credentials and returns an access and refresh JSON web\ntoken pair to prove the authentication of those credentials.',
    fields: [{ name: 'username' }, { name: 'password' }],
  }),

  async answer({ provider, request, params, notes }) {
    const { settings, outcomes, loginLimit } = provider
    const reading = readFields(request, ['username', 'password'], settings.messages)
    notes.fields = reading.fields
    if (reading.refusal) return reading.refusal
    const { values } = reading
    notes.isSwapped = areSwapped(provider, values)
    if (!notes.isSwapped) Object.assign(notes, values)
    const login = { ...values, organizationId: params['organization_id'] ?? '' }

    const forced = outcomes.takeForCredentials()
    if (forced === 'authenticated') return forceLogin(provider, login)
    if (forced) return forceRefusal(forced)

    if (loginLimit.isReached(login)) return refuse('rateLimited')
    const user = signIn(provider, login)
    loginLimit.record(login, { succeeded: user !== undefined })
    return user ? grant(provider, user, login.organizationId) : refuse('invalidCredentials')
  },
}

interface Login {
  username: string
  password: string
  organizationId: string
}

/** The password stands where the user name belongs: it must not get into the journal as one. */
function areSwapped({ users }: Provider, { username, password }: Omit<Login, 'organizationId'>) {
  return users.some((user) => user.password === username || user.username === password)
}

/** The user whose credentials these are, if the user is active and the organization one of theirs. */
function signIn({ users, settings }: Provider, login: Login): User | undefined {
  const user = users.find(({ username }) => username === login.username)
  if (!user?.active || user.password !== login.password) return undefined
  const exists = settings.organizations?.has(login.organizationId) ?? true
  return exists && belongsTo(user, login.organizationId) ? user : undefined
}

async function grant(provider: Provider, user: User, organizationId: string): Promise<Answer> {
  const pair = await provider.tokens.issuePair(user, organizationId)
  return { outcome: 'authenticated', status: 200, basis: 'documented', json: () => pair }
}

/** Signs in whoever is named; the first user for a name that nobody has. */
async function forceLogin(provider: Provider, login: Login): Promise<Answer> {
  const [first] = provider.users
  const user = provider.users.find(({ username }) => username === login.username) ?? first
  if (!user) return forceRefusal('invalidCredentials')
  return { ...(await grant(provider, user, login.organizationId)), basis: 'forced' }
}
