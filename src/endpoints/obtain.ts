import { type Answer, type Facts, forced, refuse, withFacts } from '../answer.js'
import type { MaybePromise } from '../api.js'
import type { Context } from '../context.js'
import { readFields, readText } from '../framework/body.js'
import { describeView } from '../framework/metadata.js'
import { andThen } from '../maybe-promise.js'
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

function answerLogin(call: Call): MaybePromise<Answer> {
  const { context, request, params, target } = call
  const reading = readFields(request, ['username', 'password'], context.settings.messages)
  const { fields } = reading
  if (reading.fault) return withFacts(refuseBody(reading.fault), { fields })
  const { values, isDocumented } = reading
  const { username, password } = values
  const login: Login = {
    username,
    password,
    organizationId: params['organization_id'] ?? '',
    now: call.now,
  }
  return andThen(context.store.findUser(username), (user) => {
    const isNamed = user !== undefined || mayBeNamed(context, login)
    const facts: Facts = {
      fields,
      isDocumented,
      password,
      username: isNamed ? username : undefined,
      isUser: isNamed ? user !== undefined : undefined,
    }
    return andThen(context.store.takeForCredentials(target), (taken) => {
      if (!taken) return andThen(judge(context, login, user), (answer) => withFacts(answer, facts))
      const answer =
        taken.outcome === 'authenticated'
          ? signInAnyway(context, login, user)
          : refuse(taken.outcome)
      return andThen(answer, (own) => withFacts(forced(own, taken), facts))
    })
  })
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
function judge(context: Context, login: Login, user: KnownUser | undefined): MaybePromise<Answer> {
  return andThen(reasonToRefuse(context, login, user), (reason) => {
    const { username, organizationId, now } = login
    const attempt = { username, organizationId, succeeded: reason === undefined, now }
    return andThen(context.store.attemptLogin(attempt), (decision) => {
      if (!decision.isAllowed) return limited(decision.until)
      if (user && reason === undefined) return grant(context, user, login)
      return andThen(areSwapped(context, login), (isSwapped) =>
        withFacts(refuse('invalidCredentials'), { reason, isSwapped }),
      )
    })
  })
}

function limited(until: number): Answer {
  const reason = `login attempts exceeded until ${new Date(until).toISOString()}`
  return withFacts(refuse('rateLimited'), { reason })
}

/** The reason why credentials are refused; `undefined` for those that are right. */
function reasonToRefuse(
  { store, settings }: Context,
  { username, password, organizationId }: Login,
  user: KnownUser | undefined,
): MaybePromise<string | undefined> {
  if (!user) return 'unknown user'
  return andThen(store.checkPassword(username, password), (isRight) => {
    if (!isRight) return 'wrong password'
    if (!user.active) return 'inactive user'
    if (settings.organizations && !settings.organizations.has(organizationId))
      return 'unknown organization'
    return belongsTo(user, organizationId) ? undefined : 'user of another organization'
  })
}

/** Whether the user name and the password of a user were sent in each other's field. */
function areSwapped({ store }: Context, { username, password }: Login): MaybePromise<boolean> {
  return store.checkPassword(password, username)
}

function grant(
  { tokens }: Context,
  user: KnownUser,
  { organizationId, now }: Login,
): MaybePromise<Answer> {
  return andThen(tokens.issuePair({ user, organizationId, now }), (pair) => ({
    outcome: 'authenticated',
    status: 200,
    source: 'documented',
    json: () => pair,
  }))
}

/** Signs in the named user, or the first user when no user has the name. */
function signInAnyway(
  context: Context,
  login: Login,
  named: KnownUser | undefined,
): MaybePromise<Answer> {
  return andThen(named ? [named] : context.store.users(), ([user]) =>
    user ? grant(context, user, login) : refuse('invalidCredentials'),
  )
}
