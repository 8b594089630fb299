import type { Endpoint, Provider } from '../call.js'
import { readFields } from '../framework/body.js'
import { describeView } from '../framework/metadata.js'
import { type Answer, refuse } from '../refusals.js'
import { forceRefusal } from '../state/outcomes.js'
import { belongsTo, isActive, type User } from '../state/users.js'

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
    notes.isDocumented = reading.isDocumented
    const login = { ...values, organizationId: params['organization_id'] ?? '' }
    Object.assign(notes, isNameable(provider, values) ? values : { password: values.password })

    const forced = outcomes.takeForCredentials()
    if (forced === 'authenticated') return forceLogin(provider, login)
    if (forced) return forceRefusal(forced)

    if (loginLimit.isReached(login)) return refuse('rateLimited')
    const user = signIn(provider, login)
    loginLimit.record(login, { succeeded: user !== undefined })
    if (user) return grant(provider, user, login.organizationId)
    notes.isSwapped = areSwapped(provider, values)
    return refuse('invalidCredentials')
  },
}

type Credentials = Pick<User, 'username' | 'password'>

interface Login extends Credentials {
  organizationId: string
}

/** Whether the journal may keep a user name: not what is no user's name and may be a password. */
function isNameable({ users }: Provider, { username, password }: Credentials): boolean {
  if (users.some((user) => user.username === username)) return true
  return username !== password && !users.some((user) => user.password === username)
}

/** Each stands where the other belongs. */
function areSwapped({ users }: Provider, { username, password }: Credentials): boolean {
  return users.some((user) => user.password === username && user.username === password)
}

/** The user whose credentials these are, if the user is active and the organization one of theirs. */
function signIn({ users, settings }: Provider, login: Login): User | undefined {
  const user = users.find(({ username }) => username === login.username)
  if (!user || !isActive(user) || user.password !== login.password) return undefined
  return belongsTo(user, login.organizationId, settings.organizations) ? user : undefined
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
