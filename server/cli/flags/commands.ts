import { UsageError } from '../errors.js'
import { FOR_CONTRACT, FOR_VERIFY } from './contract-settings.js'
import type { Helps } from './flags.js'
import type { Child, Invocation } from './invocation.js'
import { MOCK_SETTING_NAMES, type SettingName, type SettingValues } from './settings.js'
import type { Wording } from './wording.js'

/** A command as its help describes it, and how its command line becomes an {@link Invocation}. */
export interface CommandDescription {
  description: Wording
  settings: readonly SettingName[]
  /** Help texts that differ from those of the settings. */
  helps?: Helps
  /** What follows the options in the usage line. @default nothing may follow */
  usage?: string
  /** The arguments after the options, as commander writes them, with their help. */
  argument?: readonly [name: string, help?: Wording]
  /** Whether everything after the first argument belongs to a program to run. @default false */
  runsProgram?: boolean
  toInvocation(flags: SettingValues, args: string[]): Invocation
}

const PROGRAM = {
  usage: '[options] -- <command> [arguments…]',
  argument: ['[command...]'],
  runsProgram: true,
} as const

/** A program that runs against the mock ends it. */
const ONLY_SERVE: readonly SettingName[] = ['json', 'parentWatch', 'watch']

/** Interception needs a program to run. */
export const SERVE_SETTING_NAMES = MOCK_SETTING_NAMES.filter((name) => name !== 'intercept')

/** The commands, in the order of the help. */
export const COMMANDS: Readonly<Record<string, CommandDescription>> = {
  serve: {
    description: {
      en: 'start the mock (the default command)',
      pt: 'inicia o mock (o comando padrão)',
    },
    settings: SERVE_SETTING_NAMES,
    toInvocation: (flags) => ({ command: 'serve', flags }),
  },
  run: {
    ...PROGRAM,
    description: {
      en: 'start the mock, run a program against it, and stop the mock when the program ends',
      pt: 'inicia o mock, roda um programa com ele e encerra o mock quando o programa termina',
    },
    settings: MOCK_SETTING_NAMES.filter((name) => !ONLY_SERVE.includes(name)),
    helps: {
      port: {
        en: 'port to listen on; only as a flag (default: any free port)',
        pt: 'porta em que o mock escuta; só na linha de comando (padrão: qualquer porta livre)',
      },
      log: {
        en: 'how to log requests: pretty, json or silent (default: silent)',
        pt: 'como registrar as requisições: pretty, json ou silent (padrão: silent)',
      },
    },
    toInvocation: (flags, args) => ({ command: 'run', flags, child: toChild('run', args) }),
  },
  token: {
    description: { en: 'print a token pair as JSON', pt: 'imprime um par de tokens em JSON' },
    settings: [
      'config',
      'username',
      'organization',
      'signingKey',
      'accessLifetime',
      'refreshLifetime',
      'now',
      'seed',
    ],
    toInvocation: (flags) => ({ command: 'token', flags }),
  },
  contract: {
    ...PROGRAM,
    description: {
      en: 'run a client and check that it does what the contract with ZapSign says',
      pt: 'roda um cliente e verifica se ele faz o que diz o contrato com a ZapSign',
    },
    settings: FOR_CONTRACT,
    helps: {
      port: {
        en: 'port of the recording server; only as a flag (default: any free port)',
        pt: 'porta do servidor de gravação; só na linha de comando (padrão: qualquer porta livre)',
      },
      host: {
        en: 'address of the recording server; only as a flag (default: 127.0.0.1, which only this machine can call)',
        pt: 'endereço do servidor de gravação; só na linha de comando (padrão: 127.0.0.1, que só esta máquina acessa)',
      },
    },
    toInvocation: (flags, args) => ({
      command: 'contract',
      flags,
      child: toChild('contract', args),
    }),
  },
  verify: {
    description: {
      en: 'verify pacts against a provider: the built-in mock, or the one at --base-url',
      pt: 'verifica pacts em um provedor: o mock embutido, ou o de --base-url',
    },
    settings: FOR_VERIFY,
    helps: {
      organization: {
        en: 'an organization of the provider at --base-url',
        pt: 'uma organização do provedor em --base-url',
      },
      username: { en: 'a user of that organization', pt: 'um usuário dessa organização' },
      password: { en: "that user's password", pt: 'a senha desse usuário' },
    },
    usage: '[options] [pact…]',
    argument: [
      '[pact...]',
      {
        en: 'files, folders, patterns or URLs (default: the reference pact)',
        pt: 'arquivos, pastas, globs ou URLs (padrão: o pact de referência)',
      },
    ],
    toInvocation: (flags, pacts) => ({ command: 'verify', flags, pacts }),
  },
}

function toChild(command: string, [file, ...args]: string[]): Child {
  if (file) return [file, ...args]
  throw new UsageError(`Name the program to run: zapsign-mock ${command} -- npm test`)
}
