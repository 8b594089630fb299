import { Command } from 'commander'
import { show, VERSION } from '../../../src/internal.js'
import { UsageError } from '../errors.js'
import { addClientCommands, CLIENT_COMMANDS } from './client-commands.js'
import { COMMANDS, type CommandDescription, SERVE_SETTING_NAMES } from './commands.js'
import { addFlags, allFlagsOf, flagsOf } from './flags.js'
import type { Invocation } from './invocation.js'

interface Hooks {
  /** Receives the command that was given. */
  settle(invocation: Invocation): void
  /** Receives what commander prints: the help or the version. */
  print(text: string): void
}

const HELP_BELOW_OPTIONS = `
Durations have a unit: 250ms, 90s, 5m, 1h, 1d.
Each option is also an environment variable: --login-window is ZAPSIGN_MOCK_LOGIN_WINDOW. Flags take
precedence over the environment, and the environment over the configuration file.

Examples:
  zapsign-mock --port 0 --json
  zapsign-mock --access-lifetime 30s --login-attempts 3
  zapsign-mock run -- npm test`

/** Describes all commands to commander. Parsing throws a {@link UsageError} or a `CommanderError`. */
export function createProgram({ settle, print }: Hooks): Command {
  const program = new Command('zapsign-mock')
    .configureOutput({ writeOut: print, writeErr: () => {} })
    .description("A mock of ZapSign's token endpoint that runs on this machine.")
    .usage('[command] [options]')
    .argument('[command]')
    .version(VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .addHelpText('after', HELP_BELOW_OPTIONS)
    .action((unknown: string | undefined) => {
      if (unknown !== undefined) throw new UsageError(unknownCommand(unknown))
      settle({ command: 'serve', flags: flagsOf(program, SERVE_SETTING_NAMES) })
    })
  addFlags(program, SERVE_SETTING_NAMES)
  for (const [name, description] of Object.entries(COMMANDS))
    addCommand(program, name, description, settle)
  addClientCommands(program, settle)
  program
    .command('help')
    .description('print this help, or the help of a command')
    .argument('[command]')
    .action((name: string | undefined) => {
      const named = program.commands.find((command) => command.name() === name)
      if (name !== undefined && !named) throw new UsageError(unknownCommand(name))
      const asked = named ?? program
      asked.help()
    })
  return program
}

function addCommand(
  program: Command,
  name: string,
  { description, settings, helps, usage, argument, runsProgram, toInvocation }: CommandDescription,
  settle: Hooks['settle'],
): void {
  const command = program.command(name).description(description)
  addFlags(command, settings, helps)
  if (usage) command.usage(usage)
  if (argument) command.argument(...argument)
  if (runsProgram) command.passThroughOptions()
  command.action((args) =>
    settle(toInvocation(allFlagsOf(program, command, settings), argument ? args : [])),
  )
}

function unknownCommand(name: string): string {
  return `Unknown command ${show(name)}: the commands are ${[...Object.keys(COMMANDS), ...CLIENT_COMMANDS, 'help'].join(', ')}`
}
