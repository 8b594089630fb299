import { UsageError } from '../errors.js'
import { FOR_CONTRACT, FOR_VERIFY } from './contract-settings.js'
import type { Helps } from './flags.js'
import type { Child, Invocation } from './invocation.js'
import { MOCK_SETTING_NAMES, type SettingName, type SettingValues } from './settings.js'

/** A command as its help describes it, and how its command line becomes an {@link Invocation}. */
export interface CommandDescription {
  description: string
  settings: readonly SettingName[]
  /** Help texts that differ from those of the settings. */
  helps?: Helps
  /** What follows the options in the usage line. @default nothing may follow */
  usage?: string
  /** The arguments after the options, as commander writes them, with their help. */
  argument?: readonly [name: string, help?: string]
  /** Whether everything after the first argument belongs to a program to run. @default false */
  runsProgram?: boolean
  toInvocation(flags: SettingValues, args: string[]): Invocation
}

const PROGRAM = {
  usage: '[options] -- command [arguments…]',
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
    description: 'start the mock (the default command)',
    settings: SERVE_SETTING_NAMES,
    toInvocation: (flags) => ({ command: 'serve', flags }),
  },
  run: {
    ...PROGRAM,
    description:
      'start the mock, run a program against it, and stop the mock when the program ends',
    settings: MOCK_SETTING_NAMES.filter((name) => !ONLY_SERVE.includes(name)),
    helps: {
      port: 'port to listen on; only as a flag (default: any free port)',
      log: 'how to log requests: pretty, json or silent (default: silent)',
    },
    toInvocation: (flags, args) => ({ command: 'run', flags, child: toChild('run', args) }),
  },
  token: {
    description: 'print a token pair as JSON',
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
    description: 'run a client and check that it does what the contract with ZapSign says',
    settings: FOR_CONTRACT,
    helps: {
      port: 'port of the recording server; only as a flag (default: any free port)',
      host: 'address of the recording server; only as a flag (default: 127.0.0.1, which only this machine can call)',
    },
    toInvocation: (flags, args) => ({
      command: 'contract',
      flags,
      child: toChild('contract', args),
    }),
  },
  verify: {
    description: 'verify pacts against a provider: the built-in mock, or the one at --base-url',
    settings: FOR_VERIFY,
    helps: {
      organization: 'an organization of the provider at --base-url',
      username: 'a user of that organization',
      password: "that user's password",
    },
    usage: '[options] [pact…]',
    argument: ['[pact...]', 'files, folders, patterns or URLs (default: the reference pact)'],
    toInvocation: (flags, pacts) => ({ command: 'verify', flags, pacts }),
  },
}

function toChild(command: string, [file, ...args]: string[]): Child {
  if (file) return [file, ...args]
  throw new UsageError(`Name the program to run: zapsign-mock ${command} -- npm test`)
}
