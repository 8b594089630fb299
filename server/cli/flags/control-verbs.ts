import type { Wording } from './wording.js'

/** A verb of `zapsign-mock control`, as its help describes it. */
export interface VerbDescription {
  description: Wording
  /** As commander writes it, with its help. */
  argument?: readonly [name: string, help: Wording]
  options?: readonly (readonly [flag: string, help: Wording])[]
}

const JSON_LINES = [
  '--json',
  { en: 'print JSON, one line for each', pt: 'imprime JSON, uma linha para cada item' },
] as const

/** The verbs, in the order of the help. */
export const VERBS = {
  reset: {
    description: {
      en: 'clear requests, login limit, outcomes and time; restore the initial users',
      pt: 'limpa requisições, limite de logins, resultados e relógio; restaura os usuários iniciais',
    },
  },
  advance: {
    description: {
      en: 'move the clock forward, and print the new time',
      pt: 'adianta o relógio e imprime a nova hora',
    },
    argument: ['<duration>', { en: 'such as 61m', pt: 'como 61m' }],
  },
  'set-time': {
    description: {
      en: 'set the clock, and print the new time',
      pt: 'define o relógio e imprime a nova hora',
    },
    argument: [
      '<date>',
      {
        en: 'an ISO 8601 date, or a number of milliseconds since 1970',
        pt: 'uma data ISO 8601, ou um número de milissegundos desde 1970',
      },
    ],
  },
  outcome: {
    description: {
      en: 'force an outcome on the next requests, and print it as JSON',
      pt: 'força um resultado nas próximas requisições e o imprime em JSON',
    },
    argument: [
      '<name>',
      {
        en: 'such as rateLimited, serverError or timeout',
        pt: 'como rateLimited, serverError ou timeout',
      },
    ],
    options: [
      [
        '--times <number>',
        {
          en: 'how many requests get it, or unlimited (default: 1)',
          pt: 'quantas requisições o recebem, ou unlimited (padrão: 1)',
        },
      ],
      [
        '--endpoint <endpoint>',
        {
          en: 'only obtain, refresh or a path (default: any endpoint)',
          pt: 'só obtain, refresh ou um caminho (padrão: qualquer endpoint)',
        },
      ],
      [
        '--username <e-mail>',
        {
          en: 'only requests of this user (default: any user)',
          pt: 'só requisições deste usuário (padrão: qualquer usuário)',
        },
      ],
      [
        '--retry-after <duration>',
        { en: 'send Retry-After with this time', pt: 'envia Retry-After com este tempo' },
      ],
    ],
  },
  requests: {
    description: {
      en: 'print the requests that the mock answered, oldest first',
      pt: 'imprime as requisições que o mock atendeu, da mais antiga para a mais nova',
    },
    options: [
      [
        '--follow',
        {
          en: 'print new requests as they come, until the mock stops',
          pt: 'imprime novas requisições conforme chegam, até o mock ser encerrado',
        },
      ],
      JSON_LINES,
      [
        '--username <e-mail>',
        { en: 'only logins with this user name', pt: 'só logins com este nome de usuário' },
      ],
      [
        '--outcome <name>',
        { en: 'only requests with this outcome', pt: 'só requisições com este resultado' },
      ],
      [
        '--status <number>',
        { en: 'only requests with this status', pt: 'só requisições com este status' },
      ],
      [
        '--path <path>',
        {
          en: 'only requests to exactly this path',
          pt: 'só requisições para exatamente este caminho',
        },
      ],
      [
        '--since <id>',
        {
          en: 'only requests after this id or ISO 8601 date',
          pt: 'só requisições depois deste id ou desta data ISO 8601',
        },
      ],
      [
        '--limit <number>',
        { en: 'only this many, the newest ones', pt: 'só esta quantidade, das mais novas' },
      ],
    ],
  },
  token: {
    description: { en: 'print a token pair as JSON', pt: 'imprime um par de tokens em JSON' },
    argument: [
      '[user]',
      {
        en: 'the user name (default: the first user)',
        pt: 'o nome de usuário (padrão: o primeiro usuário)',
      },
    ],
    options: [
      [
        '--organization <id>',
        { en: 'default: an organization of the user', pt: 'padrão: uma organização do usuário' },
      ],
      [
        '--access-lifetime <duration>',
        { en: '-1s for a token that has expired', pt: '-1s para um token expirado' },
      ],
      [
        '--refresh-lifetime <duration>',
        { en: '-1s for a token that has expired', pt: '-1s para um token expirado' },
      ],
    ],
  },
  users: {
    description: {
      en: 'print the users, without passwords',
      pt: 'imprime os usuários, sem senhas',
    },
    options: [JSON_LINES],
  },
} as const satisfies Record<string, VerbDescription>

export type Verb = keyof typeof VERBS

/** Where the mock is. These may come before or after the verb. */
export const CONNECTION = [
  [
    '--url <url>',
    {
      en: 'base URL of the mock (default: ZAPSIGN_CONTROL_URL, or http://127.0.0.1:9277)',
      pt: 'URL base do mock (padrão: ZAPSIGN_CONTROL_URL, ou http://127.0.0.1:9277)',
    },
  ],
  [
    '--control-token <token>',
    {
      en: 'its control token (default: ZAPSIGN_CONTROL_TOKEN)',
      pt: 'token de controle do mock (padrão: ZAPSIGN_CONTROL_TOKEN)',
    },
  ],
] as const
