import * as v from 'valibot'
import { inspectToken, issueTokenPair, objectOf, pairEntries } from '../../../src/internal.js'
import { asked } from '../check.js'
import { route } from '../route.js'
import { noUser } from './users.js'

const MOST_CHARACTERS = 'a token of at most 10000 characters'

export const TOKENS = [
  route({
    id: 'issueTokens',
    method: 'POST',
    path: 'tokens',
    body: objectOf({ username: v.optional(v.string('a user name')), ...pairEntries }),
    async answer({ context, body }) {
      const { username, ...options } = body
      if (username !== undefined && !(await context.store.findUser(username)))
        throw await noUser(context, username)
      const pair = await asked(() => issueTokenPair(context, username, options))
      return { status: 201, json: pair }
    },
  }),
  route({
    id: 'inspectToken',
    method: 'POST',
    path: 'tokens/inspect',
    body: objectOf({
      token: v.pipe(
        v.string(MOST_CHARACTERS),
        v.nonEmpty(MOST_CHARACTERS),
        v.maxLength(10_000, MOST_CHARACTERS),
      ),
    }),
    answer: async ({ context, body }) => ({
      status: 200,
      json: await inspectToken(context, body.token.trim()),
    }),
  }),
]
