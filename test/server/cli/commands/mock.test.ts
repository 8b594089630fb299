import { expect, test } from 'vitest'
import { createMock } from '../../../../server/cli/commands/mock.js'
import { configure, type Sources } from '../../../../server/cli/configuration/configuration.js'
import { UsageError } from '../../../../server/cli/errors.js'
import { payloadOf } from '../../../support.js'

const mockOf = (sources: Partial<Sources>) =>
  createMock(configure({ flags: {}, environment: {}, ...sources }))
const file = (content: object) => ({ name: 'my.yaml', content })

test('the generated users have the ids that the provider gave them', async () => {
  const users = [
    { username: 'ana', password: 'a', id: 3 },
    { username: 'bob', password: 'b' },
  ]
  const { zapsign, generatedUsers } = await mockOf({
    flags: { users: 3, seed: '1' },
    file: file({ users }),
  })
  expect(generatedUsers.map(({ id }) => id)).toEqual([2, 4, 5])
  expect([...zapsign.users].slice(2)).toEqual(generatedUsers)
  for (const { id, username } of generatedUsers) {
    const { access } = await zapsign.issueTokenPair(username)
    expect(payloadOf(access)).toMatchObject({ user_id: id })
  }
})

test('the credentials are those of the first active user', async () => {
  const users = [
    { username: 'ana', password: 'a', active: false },
    { username: 'bob', password: 'b', organizations: [22, 33] },
  ]
  const organizations = [{ id: 33 }, { id: 22 }]
  expect((await mockOf({ file: file({ users, organizations }) })).credentials).toEqual({
    organization: '22',
    username: 'bob',
    password: 'b',
  })
})

test.each<[Partial<Sources>, string]>([
  [
    { file: file({ users: [{ username: 'ana', password: 'a', active: false }] }) },
    'No user could sign in: configure an active user, and at least one organization unless you omit organizations',
  ],
  [
    { file: file({ organizations: [] }) },
    'No user could sign in: configure an active user, and at least one organization unless you omit organizations',
  ],
  [
    {
      file: file({
        users: [{ username: 'ana', password: 'a', organizations: [11111] }],
        organizations: [{ id: 22 }],
      }),
    },
    'my.yaml: users[0].organizations[0] must be one of the organizations (22), got "11111"',
  ],
  [{ flags: { users: 1, locale: 'xx' } }, '--locale must be one of af_ZA, '],
  [
    { flags: { users: 1 }, environment: { locale: 'xx' } },
    'ZAPSIGN_MOCK_LOCALE must be one of af_ZA, ',
  ],
])('createMock refuses %j', async (sources, message) => {
  const failure = await mockOf(sources).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(UsageError)
  expect(String(failure)).toContain(message)
})
