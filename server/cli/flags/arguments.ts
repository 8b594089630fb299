import { Command, CommanderError } from 'commander'
import { show, VERSION } from '../../../src/internal.js'
import { UsageError } from '../errors.js'
import { FOR_CONTRACT, FOR_VERIFY } from './contract-settings.js'
import { addSettings, allFlagsOf, flagsOf, type Helps } from './flags.js'
import { helpAfter } from './help.js'
import { PLACED_NAMES, type SettingName, type SettingValues } from './settings.js'

/** A program to run, and its arguments. */
export type Child = [file: string, ...args: string[]]

/** What the command was asked to do. */
export type Invocation =
  | { command: 'serve' | 'token'; flags: SettingValues }
  | { command: 'run'; flags: SettingValues; child: Child }
  | { command: 'contract'; flags: SettingValues; child: Child }
  | { command: 'verify'; flags: SettingValues; pacts: string[] }
  /** A text that was asked for: `--help`, `--version`. */
  | { command: 'print'; text: string }

/** Settings that say nothing to a command that only runs another, or only prints tokens. */
const NOT_FOR_RUN: readonly SettingName[] = ['json']

/** What is otherwise where another program is run. */
const HELP_FOR_RUN: Helps = {
  port: 'port to listen on; only as a flag (default: any free one)',
  log: 'how requests are reported: pretty, json or silent (default: silent)',
}

const FOR_TOKEN: readonly SettingName[] = [
  'config',
  'username',
  'organization',
  'signingKey',
  'accessLifetime',
  'refreshLifetime',
  'now',
  'seed',
]

/** What has no default where a provider is somewhere else. */
const HELP_FOR_VERIFY: Helps = {
  organization: 'an organization of the provider at --base-url',
  username: 'who can sign in to it there',
  password: "that user's password",
}

/** Reads a command line. Throws a {@link UsageError}. */
export function parseArguments(args: readonly string[]): Invocation {
  let invocation: Invocation | undefined
  let printed = ''
  const program = describeCommands({
    settle: (found) => {
      invocation = found
    },
    print: (text) => {
      printed += text
    },
  })
  try {
    program.parse(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode !== 0) throw new UsageError(oneLine(error.message))
  }
  return invocation ?? { command: 'print', text: printed }
}

interface Hooks {
  settle(invocation: Invocation): void
  print(text: string): void
}

function describeCommands({ settle, print }: Hooks): Command {
  const program = new Command('zapsign-mock')
    .configureOutput({ writeOut: print, writeErr: () => {} })
    .description("Stands in for ZapSign's token endpoint on this machine.")
    .usage('[command] [options]')
    .argument('[command]')
    .version(VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .addHelpText('after', helpAfter)
    .action((unknown: string | undefined) => {
      if (unknown !== undefined) throw new UsageError(unknownCommand(unknown, program))
      settle({ command: 'serve', flags: flagsOf(program, PLACED_NAMES) })
    })
  addSettings(program, PLACED_NAMES)

  const add = (
    name: string,
    description: string,
    settings: readonly SettingName[],
    helps?: Helps,
  ) => {
    const command = program.command(name).description(description)
    addSettings(command, settings, helps)
    return { command, flags: () => allFlagsOf(program, command, settings) }
  }

  const serve = add('serve', 'start the mock (the same as no command)', PLACED_NAMES)
  serve.command.action(() => settle({ command: 'serve', flags: serve.flags() }))

  const forRun = PLACED_NAMES.filter((name) => !NOT_FOR_RUN.includes(name))
  const run = add('run', 'start the mock, run a program against it, and stop', forRun, HELP_FOR_RUN)
  takeChild(run.command, (child) => settle({ command: 'run', flags: run.flags(), child }))

  const token = add('token', 'print a token pair as JSON', FOR_TOKEN)
  token.command.action(() => settle({ command: 'token', flags: token.flags() }))

  const contract = add(
    'contract',
    'run a client and check that it keeps to what ZapSign specifies',
    FOR_CONTRACT,
  )
  takeChild(contract.command, (child) =>
    settle({ command: 'contract', flags: contract.flags(), child }),
  )

  const verify = add(
    'verify',
    'check that a provider keeps to pacts: the built-in mock, or any other',
    FOR_VERIFY,
    HELP_FOR_VERIFY,
  )
  verify.command
    .usage('[options] [pact…]')
    .argument('[pact...]', 'files, folders or patterns (default: the reference pact)')
    .action((pacts: string[]) => settle({ command: 'verify', flags: verify.flags(), pacts }))

  program
    .command('help')
    .description('print the help, or that of a command')
    .argument('[command]')
    .action((name: string | undefined) => {
      const named = program.commands.find((command) => command.name() === name)
      if (name !== undefined && !named) throw new UsageError(unknownCommand(name, program))
      const asked = named ?? program
      asked.help()
    })
  return program
}

/** Whatever follows the options, or `--`, is a program to run. */
function takeChild(command: Command, settle: (child: Child) => void): void {
  command
    .usage('[options] -- command [arguments…]')
    .argument('[command...]')
    .passThroughOptions()
    .action(([file, ...args]: string[]) => {
      if (!file) {
        throw new UsageError(`What to run is missing: zapsign-mock ${command.name()} -- npm test`)
      }
      settle([file, ...args])
    })
}

function unknownCommand(name: string, program: Command): string {
  const known = program.commands.map((command) => command.name()).join(', ')
  return `Unknown command ${show(name)}: the commands are ${known}`
}

/** Commander's message without its prefix, its line breaks, and what may be a secret's value. */
function oneLine(message: string): string {
  const text = message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')
  return text.replace(/(--[\w-]+)=[^\s']*/g, '$1').replace(/^./, (first) => first.toUpperCase())
}
