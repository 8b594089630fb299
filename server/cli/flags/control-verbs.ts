/** A verb of `zapsign-mock control`, as its help describes it. */
export interface VerbDescription {
  description: string
  /** As commander writes it, with its help. */
  argument?: readonly [name: string, help: string]
  options?: readonly (readonly [flag: string, help: string])[]
}

const JSON_LINES = ['--json', 'print JSON, one line for each'] as const

/** The verbs, in the order of the help. */
export const VERBS = {
  reset: {
    description: 'clear requests, login limit, outcomes and time; users as at the start',
  },
  advance: {
    description: 'move the clock forward, and print the new time',
    argument: ['<duration>', 'such as 61m'],
  },
  'set-time': {
    description: 'set the clock, and print the new time',
    argument: ['<date>', 'an ISO 8601 date, or a number of milliseconds since 1970'],
  },
  outcome: {
    description: 'force an outcome on the next requests, and print it as JSON',
    argument: ['<name>', 'such as rateLimited, serverError or timeout'],
    options: [
      ['--times <number>', 'how many requests get it, or unlimited (default: 1)'],
      ['--endpoint <endpoint>', 'only obtain, refresh or a path (default: any endpoint)'],
      ['--username <e-mail>', 'only requests of this user (default: any user)'],
      ['--retry-after <duration>', 'send Retry-After with this time'],
    ],
  },
  requests: {
    description: 'print the requests that the mock answered, oldest first',
    options: [
      ['--follow', 'print new requests as they come, until the mock stops'],
      JSON_LINES,
      ['--username <e-mail>', 'only logins with this user name'],
      ['--outcome <name>', 'only requests with this outcome'],
      ['--status <number>', 'only requests with this status'],
      ['--path <path>', 'only requests to exactly this path'],
      ['--since <id>', 'only requests after this id or ISO 8601 date'],
      ['--limit <number>', 'only the newest of them'],
    ],
  },
  token: {
    description: 'print a token pair as JSON',
    argument: ['[user]', 'the user name (default: the first user)'],
    options: [
      ['--organization <id>', 'default: an organization of the user'],
      ['--access-lifetime <duration>', '-1s for a token that has expired'],
      ['--refresh-lifetime <duration>', '-1s for a token that has expired'],
    ],
  },
  users: {
    description: 'print the users, without passwords',
    options: [JSON_LINES],
  },
} as const satisfies Record<string, VerbDescription>

export type Verb = keyof typeof VERBS

/** Where the mock is. Every verb has these. */
export const CONNECTION = [
  ['--url <url>', 'base URL of the mock (default: ZAPSIGN_CONTROL_URL, or http://127.0.0.1:9277)'],
  ['--control-token <token>', 'its control token (default: ZAPSIGN_CONTROL_TOKEN)'],
] as const
