import type { Setting } from './setting.js'

/** The settings that only `contract` and `verify` have, as flags and environment variables. */
export const CONTRACT_SETTINGS = {
  consumer: {
    flag: '--consumer <name>',
    kind: 'text',
    group: 'Contract:',
    help: {
      en: "the client's name in the pact (default: the name of this folder)",
      pt: 'nome do cliente no pact (padrão: o nome desta pasta)',
    },
  },
  pactDir: {
    flag: '--pact-dir <folder>',
    kind: 'text',
    group: 'Contract:',
    help: {
      en: 'folder of the pact (default: pacts)',
      pt: 'pasta do pact (padrão: pacts)',
    },
  },
  promises: {
    flag: '--promises <names>',
    kind: 'names',
    group: 'Contract:',
    help: {
      en: 'promises that the client must keep, comma-separated, or all, which also removes promises of earlier runs from the pact (default: authenticated,invalidCredentials,rateLimited; the others are refreshed,refreshRefused,authorized,expired)',
      pt: 'promises que o cliente deve cumprir, separadas por vírgula, ou all, que também remove do pact as promises de execuções anteriores (padrão: authenticated,invalidCredentials,rateLimited; as outras são refreshed,refreshRefused,authorized,expired)',
    },
  },
  failOnOther: {
    flag: '--fail-on-other',
    kind: 'switch',
    group: 'Contract:',
    help: {
      en: 'fail the run for requests that no promise is about (default: list them)',
      pt: 'falha se houver requisições de que nenhuma promise trata (padrão: só as lista)',
    },
  },
  removeStalePact: {
    flag: '--remove-stale-pact',
    kind: 'switch',
    group: 'Contract:',
    help: {
      en: 'if the run fails, remove the promises of earlier runs from the pact (default: leave them)',
      pt: 'se a execução falhar, remove do pact as promises de execuções anteriores (padrão: elas ficam)',
    },
  },
  baseUrl: {
    flag: '--base-url <url>',
    kind: 'text',
    group: 'Provider:',
    help: {
      en: 'URL of the provider to verify; needs --organization, --username and --password (default: the built-in mock)',
      pt: 'URL do provedor a verificar; exige --organization, --username e --password (padrão: o mock embutido)',
    },
  },
  wrongPassword: {
    flag: '--wrong-password <password>',
    kind: 'text',
    group: 'Provider:',
    help: {
      en: 'a password that is wrong for the user (default: WrongPassword123, or another if that is the password)',
      pt: 'uma senha que não é a do usuário (padrão: WrongPassword123, ou outra se essa for a senha)',
    },
  },
  header: {
    flag: '--header <header>',
    kind: 'list',
    separator: '\n',
    group: 'Provider:',
    help: {
      en: "header to add to each request to --base-url, such as 'X-Api-Key: …' (repeatable; one on each line of the variable)",
      pt: "cabeçalho a acrescentar em cada requisição a --base-url, como 'X-Api-Key: …' (opção repetível; um por linha na variável)",
    },
  },
  includeRateLimit: {
    flag: '--include-rate-limit',
    kind: 'switch',
    group: 'Provider:',
    help: {
      en: 'also check the login limit, which locks the account',
      pt: 'também verifica o limite de logins, o que bloqueia a conta',
    },
  },
  providerStatesUrl: {
    flag: '--provider-states-url <url>',
    kind: 'text',
    group: 'Provider:',
    help: {
      en: 'where the provider at --base-url sets up provider states: a POST with state, params and action',
      pt: 'onde o provedor em --base-url prepara os provider states: um POST com state, params e action',
    },
  },
  provider: {
    flag: '--provider <name>',
    kind: 'text',
    group: 'Broker:',
    help: {
      en: 'name of the provider in the pacts and in the broker (default: ZapSign)',
      pt: 'nome do provedor nos pacts e no broker (padrão: ZapSign)',
    },
  },
  brokerBaseUrl: {
    flag: '--broker-base-url <url>',
    kind: 'text',
    group: 'Broker:',
    help: {
      en: 'URL of a Pact broker to take the pacts from',
      pt: 'URL de um Pact Broker de onde pegar os pacts',
    },
  },
  brokerToken: {
    flag: '--broker-token <token>',
    kind: 'text',
    group: 'Broker:',
    help: {
      en: 'bearer token for the broker',
      pt: 'token bearer para o broker',
    },
  },
  brokerUsername: {
    flag: '--broker-username <name>',
    kind: 'text',
    group: 'Broker:',
    help: {
      en: "user name for the broker's basic authentication",
      pt: 'nome de usuário para a autenticação básica do broker',
    },
  },
  brokerPassword: {
    flag: '--broker-password <password>',
    kind: 'text',
    group: 'Broker:',
    help: {
      en: "password for the broker's basic authentication",
      pt: 'senha para a autenticação básica do broker',
    },
  },
  consumerVersionSelector: {
    flag: '--consumer-version-selector <json>',
    kind: 'list',
    separator: '\n',
    group: 'Broker:',
    help: {
      en: 'pacts to take from the broker, such as \'{"branch":"main"}\' (repeatable; one on each line of the variable; default: {"mainBranch":true} and {"deployedOrReleased":true})',
      pt: 'quais pacts pegar do broker, como \'{"branch":"main"}\' (opção repetível; um por linha na variável; padrão: {"mainBranch":true} e {"deployedOrReleased":true})',
    },
  },
  enablePending: {
    flag: '--enable-pending',
    kind: 'switch',
    group: 'Broker:',
    help: {
      en: 'ask the broker which pacts are pending; a pending pact that fails does not fail the run',
      pt: 'pergunta ao broker quais pacts estão pendentes: se um deles não for cumprido, a execução não falha',
    },
  },
  includeWipPactsSince: {
    flag: '--include-wip-pacts-since <date>',
    kind: 'text',
    group: 'Broker:',
    help: {
      en: 'also take work-in-progress pacts of this date and later, such as 2026-01-31; they are pending',
      pt: 'pega também os pacts em andamento (WIP) a partir desta data, como 2026-01-31; eles são pendentes',
    },
  },
  providerVersion: {
    flag: '--provider-version <version>',
    kind: 'text',
    group: 'Broker:',
    help: {
      en: 'version under which results are published',
      pt: 'versão sob a qual os resultados são publicados',
    },
  },
  providerBranch: {
    flag: '--provider-branch <branch>',
    kind: 'text',
    group: 'Broker:',
    help: {
      en: 'branch of the provider version',
      pt: 'branch da versão do provedor',
    },
  },
  publish: {
    flag: '--publish',
    kind: 'switch',
    group: 'Broker:',
    help: {
      en: 'publish the results of pacts that were checked completely; needs --provider-version',
      pt: 'publica os resultados dos pacts que foram verificados por completo; exige --provider-version',
    },
  },
  buildUrl: {
    flag: '--build-url <url>',
    kind: 'text',
    group: 'Broker:',
    help: {
      en: 'URL of the CI build, published with the results',
      pt: 'URL do build de CI, publicada com os resultados',
    },
  },
  junit: {
    flag: '--junit <file>',
    kind: 'text',
    group: 'Reports:',
    help: {
      en: 'write the results as JUnit XML',
      pt: 'grava os resultados em JUnit XML',
    },
  },
  report: {
    flag: '--report <file>',
    kind: 'text',
    group: 'Reports:',
    help: {
      en: 'write the results as JSON',
      pt: 'grava os resultados em JSON',
    },
  },
} as const satisfies Record<string, Setting>

/** The settings of `contract`. */
export const FOR_CONTRACT = [
  'consumer',
  'pactDir',
  'promises',
  'failOnOther',
  'removeStalePact',
  'port',
  'host',
  'intercept',
  'routes',
  'junit',
  'report',
] as const

/** The settings of `verify`. */
export const FOR_VERIFY = [
  'baseUrl',
  'organization',
  'username',
  'password',
  'wrongPassword',
  'header',
  'includeRateLimit',
  'providerStatesUrl',
  'provider',
  'brokerBaseUrl',
  'brokerToken',
  'brokerUsername',
  'brokerPassword',
  'consumerVersionSelector',
  'enablePending',
  'includeWipPactsSince',
  'providerVersion',
  'providerBranch',
  'publish',
  'buildUrl',
  'junit',
  'report',
] as const
