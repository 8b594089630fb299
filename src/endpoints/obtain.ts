import { type Answer, forced, refuse, withFacts } from '../answer.js'
import type { MaybePromise } from '../api.js'
import type { Context } from '../context.js'
import { readFields, readText } from '../framework/body.js'
import { describeView } from '../framework/metadata.js'
import { belongsTo, type KnownUser } from '../state/users.js'
import { refuseBody } from './body-refusal.js'
import type { Call, Endpoint } from './endpoint.js'

/** "Get access token", ZapSign docs. */
export const obtain: Endpoint = {
  name: 'obtain',
  path: '/api/v1/auth/token/{organization_id}/',
  isProtected: false,
  metadata: describeView({
    name: 'Token Obtain Pair',
    description:
      'Takes a set of user credentials and returns an access and refresh JSON web\ntoken pair to prove the authentication of those credentials.',
    fields: [{ name: 'username' }, { name: 'password' }],
  }),
  methods: { POST: answerLogin },
  readUser: (request) => ({ username: readText(request, 'username') }),
}

async function answerLogin(call: Call): Promise<Answer> {
  const { context, request, params, target } = call
  const reading = readFields(request, ['username', 'password'], context.settings.messages)
  const { fields } = reading
  if (reading.fault) return withFacts(refuseBody(reading.fault), { fields })
  const { values, isDocumented } = reading
  const login: Login = { ...values, organizationId: params['organization_id'] ?? '', now: call.now }
  const isUser = (await context.store.findUser(login.username)) !== undefined
  const facts = {
    fields,
    isDocumented,
    password: login.password,
    ...((isUser || mayBeNamed(context, login)) && { username: login.username, isUser }),
  }
  const taken = await context.store.takeForCredentials(target)
  if (!taken) return withFacts(await judge(context, login), facts)
  const answer =
    taken.outcome === 'authenticated' ? await signInAnyway(context, login) : refuse(taken.outcome)
  return withFacts(forced(answer, taken), facts)
}

interface Login {
  username: string
  password: string
  organizationId: string
  /** Milliseconds since 1970. */
  now: number
}

/** Whether the journal may keep a user name that no user has. It may not if the text could be a password. */
function mayBeNamed({ store }: Context, { username, password }: Login): boolean {
  return username !== password && store.passwords.find(username) === undefined
}

/** The provider's own judgement of a login. */
async function judge(context: Context, login: Login): Promise<Answer> {
  const { user, reason } = await checkCredentials(context, login)
  const decision = await context.store.attemptLogin({ ...login, succeeded: user !== undefined })
  if (!decision.isAllowed) {
    const until = new Date(decision.until).toISOString()
    return withFacts(refuse('rateLimited'), { reason: `login attempts exceeded until ${until}` })
  }
  if (user) return grant(context, user, login)
  const isSwapped = await areSwapped(context, login)
  return withFacts(refuse('invalidCredentials'), { reason, isSwapped })
}

/** Finds the user of a login, or the reason why it is refused. */
async function checkCredentials(
  { store, settings }: Context,
  { username, password, organizationId }: Login,
): Promise<{ user: KnownUser; reason?: never } | { reason: string; user?: never }> {
  const user = await store.findUser(username)
  if (!user) return { reason: 'unknown user' }
  if (!(await store.checkPassword(username, password))) return { reason: 'wrong password' }
  if (!user.active) return { reason: 'inactive user' }
  if (settings.organizations && !settings.organizations.has(organizationId))
    return { reason: 'unknown organization' }
  if (!belongsTo(user, organizationId)) return { reason: 'user of another organization' }
  return { user }
}

/** Whether the user name and the password of a user were sent in each other's field. */
function areSwapped({ store }: Context, { username, password }: Login): MaybePromise<boolean> {
  return store.checkPassword(password, username)
}

async function grant(
  { tokens }: Context,
  user: KnownUser,
  { organizationId, now }: Login,
): Promise<Answer> {
  const pair = await tokens.issuePair({ user, organizationId, now })
  return { outcome: 'authenticated', status: 200, source: 'documented', json: () => pair }
}

/** Signs in the named user, or the first user when no user has the name. */
async function signInAnyway(context: Context, login: Login): Promise<Answer> {
  const [first] = await context.store.users()
  const user = (await context.store.findUser(login.username)) ?? first
  return user ? grant(context, user, login) : refuse('invalidCredentials')
}
