import { describeView } from '../framework/metadata.js'
import { belongsTo, type KnownUser } from '../state/users.js'
import type { Endpoint } from './endpoint.js'
import { answerPage } from './page.js'

/** "List account users", ZapSign docs: the users of the caller's organization. */
export const users: Endpoint = {
  path: '/api/v1/users/',
  isProtected: true,
  metadata: describeView({ name: 'Users List' }),
  methods: {
    async GET(call) {
      const organization = call.bearer?.organization
      const all = await call.context.store.users()
      const listed = all.filter((user) => !organization || belongsTo(user, organization.id))
      return answerPage(call, listed.map(describeUser))
    },
  },
}

/** The keys of the example response, in its order. The mock takes every e-mail for verified. */
function describeUser({ username, firstName = '', lastName = '' }: KnownUser) {
  return {
    first_name: firstName,
    last_name: lastName,
    email: username,
    email_verified: true,
    user_group: { name: 'owner' },
  }
}
