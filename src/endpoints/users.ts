import type { Endpoint } from '../call.js'
import { describeView } from '../framework/metadata.js'
import { belongsTo, type User } from '../state/users.js'
import { answerPage } from './page.js'

/** "List account users", ZapSign docs: the users of the caller's organization. */
export const users: Endpoint = {
  path: '/api/v1/users/',
  method: 'GET',
  isProtected: true,
  metadata: describeView({ name: 'Users List' }),
  answer(call) {
    const organization = call.bearer?.organization
    const listed = call.provider.users.filter(
      (user) => !organization || belongsTo(user, organization.id),
    )
    return answerPage(call, listed.map(describeUser))
  },
}

/** The keys of the example response, in its order. Whether an e-mail is verified the mock cannot know. */
function describeUser({ username, firstName = '', lastName = '' }: User) {
  return {
    first_name: firstName,
    last_name: lastName,
    email: username,
    email_verified: true,
    user_group: { name: 'owner' },
  }
}
