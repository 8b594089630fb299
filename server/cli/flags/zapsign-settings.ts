import type { MockSetting } from './setting.js'

/** The settings of the provider. The schemas of `createZapSign` say which values are allowed. */
export const ZAPSIGN_SETTINGS = {
  username: {
    flag: '--username <e-mail>',
    kind: 'text',
    path: 'users[0].username',
    group: 'Users:',
    help: {
      en: 'the only user who can sign in: one from the configuration file, or a new one (default: dev@example.com.br)',
      pt: 'o único usuário que pode fazer login: um do arquivo de configuração, ou um novo (padrão: dev@example.com.br)',
    },
  },
  password: {
    flag: '--password <password>',
    kind: 'text',
    path: 'users[0].password',
    group: 'Users:',
    help: {
      en: "password of --username, or of the configuration file's first active user (default: StrongPassword123)",
      pt: 'senha de --username, ou do primeiro usuário ativo do arquivo de configuração (padrão: StrongPassword123)',
    },
  },
  organization: {
    flag: '--organization <id>',
    kind: 'text',
    path: 'organizations[0].id',
    group: 'Users:',
    help: {
      en: 'the only organization that exists (default: every organization id is accepted)',
      pt: 'a única organização que existe (padrão: qualquer id de organização é aceito)',
    },
  },
  apiToken: {
    flag: '--api-token <token>',
    kind: 'list',
    path: 'apiTokens',
    group: 'Users:',
    help: {
      en: 'static API token that protected endpoints accept too (repeatable)',
      pt: 'token estático de API que os endpoints protegidos também aceitam (opção repetível)',
    },
  },
  users: {
    flag: '--users <number>',
    kind: 'number',
    path: 'fixtures.count',
    group: 'Users:',
    help: {
      en: 'generate this many extra users and print them',
      pt: 'gera esta quantidade de usuários a mais e os imprime',
    },
  },
  locale: {
    flag: '--locale <locale>',
    kind: 'text',
    path: 'fixtures.locale',
    group: 'Users:',
    help: {
      en: 'faker locale of the generated users (default: pt_BR)',
      pt: 'locale do faker para os usuários gerados (padrão: pt_BR)',
    },
  },
  usersFile: {
    flag: '--users-file <file>',
    kind: 'text',
    path: 'fixtures.file',
    group: 'Users:',
    help: {
      en: 'write the generated users to this file as JSON instead of printing them',
      pt: 'grava os usuários gerados neste arquivo, em JSON, em vez de imprimi-los',
    },
  },
  signingKey: {
    flag: '--signing-key <secret>',
    kind: 'text',
    path: 'signingKey',
    group: 'Tokens and time:',
    help: {
      en: 'HS256 key that signs the tokens (default: a public one)',
      pt: 'chave HS256 que assina os tokens (padrão: uma chave pública)',
    },
  },
  accessLifetime: {
    flag: '--access-lifetime <duration>',
    kind: 'text',
    path: 'accessLifetime',
    group: 'Tokens and time:',
    help: {
      en: 'lifetime of an access token (default: 1h)',
      pt: 'validade de um token de acesso (padrão: 1h)',
    },
  },
  refreshLifetime: {
    flag: '--refresh-lifetime <duration>',
    kind: 'text',
    path: 'refreshLifetime',
    group: 'Tokens and time:',
    help: {
      en: 'lifetime of a refresh token (default: 1d)',
      pt: 'validade de um refresh token (padrão: 1d)',
    },
  },
  now: {
    flag: '--now <date>',
    kind: 'instant',
    path: 'now',
    group: 'Tokens and time:',
    help: {
      en: 'stop the clock at this ISO 8601 time with a zone (2026-01-31T12:00:00Z), or at this number of milliseconds since 1970 (default: the system clock)',
      pt: 'congela o relógio neste instante: uma data ISO 8601 com fuso (2026-01-31T12:00:00Z) ou um número de milissegundos desde 1970 (padrão: o relógio do sistema)',
    },
  },
  seed: {
    flag: '--seed <seed>',
    kind: 'text',
    path: 'seed',
    group: 'Tokens and time:',
    help: {
      en: 'generate the same token ids and users on every run',
      pt: 'gera os mesmos ids de token e os mesmos usuários em toda execução',
    },
  },
  loginAttempts: {
    flag: '--login-attempts <number>',
    kind: 'number',
    path: 'loginLimit.attempts',
    group: 'Error responses:',
    help: {
      en: 'failed logins before ZapSign answers 400 (default: 5)',
      pt: 'logins malsucedidos até a ZapSign responder 400 (padrão: 5)',
    },
  },
  loginWindow: {
    flag: '--login-window <duration>',
    kind: 'text',
    path: 'loginLimit.window',
    group: 'Error responses:',
    help: {
      en: 'how long a failed login counts (default: 60s)',
      pt: 'por quanto tempo um login malsucedido conta (padrão: 60s)',
    },
  },
  noLoginLimit: {
    flag: '--no-login-limit',
    kind: 'switch',
    path: 'loginLimit',
    on: false,
    off: {},
    group: 'Error responses:',
    help: {
      en: 'never limit logins',
      pt: 'nunca limita os logins',
    },
  },
  unauthorizedStatus: {
    flag: '--unauthorized-status <status>',
    kind: 'number',
    path: 'unauthorizedStatus',
    group: 'Error responses:',
    help: {
      en: 'status of protected endpoints for an invalid token: 401 or 403 (default: 401)',
      pt: 'status dos endpoints protegidos para um token inválido: 401 ou 403 (padrão: 401)',
    },
  },
  language: {
    flag: '--language <language>',
    kind: 'text',
    path: 'language',
    group: 'Error responses:',
    help: {
      en: 'language of validation messages: en, pt-br or es (default: en)',
      pt: 'idioma das mensagens de validação: en, pt-br ou es (padrão: en)',
    },
  },
  outcome: {
    flag: '--outcome <name>',
    kind: 'list',
    path: 'outcomes',
    group: 'Error responses:',
    help: {
      en: 'force this outcome on the next request, or with a number on the next ones: serverError:3 (repeatable)',
      pt: 'força este resultado na próxima requisição ou, com um número, nas próximas: serverError:3 (opção repetível)',
    },
  },
  faultRate: {
    flag: '--fault-rate <rates>',
    kind: 'rates',
    path: 'faultRate',
    group: 'Error responses:',
    help: {
      en: 'share of requests that fail at random, by outcome: connectionReset=0.01,serverError=0.02. --seed makes them repeatable',
      pt: 'proporção de requisições que falham sem motivo, por resultado: connectionReset=0.01,serverError=0.02. Com --seed, a sequência se repete',
    },
  },
} as const satisfies Record<string, MockSetting>
