import { Command } from 'commander'
import { show, VERSION } from '../../../src/internal.js'
import { UsageError } from '../errors.js'
import { addClientCommands, CLIENT_COMMANDS } from './client-commands.js'
import { COMMANDS, type CommandDescription, SERVE_SETTING_NAMES } from './commands.js'
import { addFlags, allFlagsOf, flagsOf } from './flags.js'
import { helpIn } from './help.js'
import type { Hooks } from './hooks.js'
import type { Wording } from './wording.js'

const EXAMPLES = `
  zapsign-mock --port 0 --json
  zapsign-mock --access-lifetime 30s --login-attempts 3
  zapsign-mock run -- npm test`

const HELP_BELOW_OPTIONS: Wording = {
  en: `
Durations have a unit: 250ms, 90s, 5m, 1h, 1d.
Each option is also an environment variable: --login-window is ZAPSIGN_MOCK_LOGIN_WINDOW. Flags take
precedence over the environment, and the environment over the configuration file.

Examples:${EXAMPLES}`,
  pt: `
Durações têm unidade: 250ms, 90s, 5m, 1h, 1d.
Cada opção também é uma variável de ambiente: --login-window é ZAPSIGN_MOCK_LOGIN_WINDOW. A linha de
comando tem precedência sobre o ambiente, e o ambiente, sobre o arquivo de configuração. As mensagens de
erro são em inglês.

Exemplos:${EXAMPLES}`,
}

const DESCRIPTION: Wording = {
  en: "A mock of ZapSign's token endpoint that runs on this machine.",
  pt: 'Um mock do endpoint de token da ZapSign que roda nesta máquina.',
}
const PRINT_HELP: Wording = { en: 'print this help', pt: 'mostra esta ajuda' }
const PRINT_VERSION: Wording = { en: 'print the version', pt: 'mostra a versão' }
const HELP_COMMAND: Wording = {
  en: 'print this help, or the help of a command',
  pt: 'mostra esta ajuda, ou a de um comando',
}

/** Describes all commands to commander. Parsing throws a {@link UsageError} or a `CommanderError`. */
export function createProgram(hooks: Hooks): Command {
  const { language, settle, print } = hooks
  const program = new Command('zapsign-mock')
    .configureOutput({ writeOut: print, writeErr: () => {} })
    .configureHelp(helpIn(language))
    .description(DESCRIPTION[language])
    .usage('[command] [options]')
    .argument('[command]')
    .version(VERSION, '--version', PRINT_VERSION[language])
    .helpOption('-h, --help', PRINT_HELP[language])
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .addHelpText('after', HELP_BELOW_OPTIONS[language])
    .action((unknown: string | undefined) => {
      if (unknown !== undefined) throw new UsageError(unknownCommand(unknown))
      settle({ command: 'serve', flags: flagsOf(program, SERVE_SETTING_NAMES) })
    })
  addFlags(program, SERVE_SETTING_NAMES, language)
  for (const [name, description] of Object.entries(COMMANDS))
    addCommand(hooks, program, name, description)
  addClientCommands(program, hooks)
  program.command('worker', { hidden: true }).action(() => settle({ command: 'worker' }))
  program
    .command('help')
    .description(HELP_COMMAND[language])
    .argument('[command]')
    .action((name: string | undefined) => {
      const named = program.commands.find((command) => command.name() === name)
      if (name !== undefined && !named) throw new UsageError(unknownCommand(name))
      const asked = named ?? program
      asked.help()
    })
  // After the commands, because they would inherit it. What is in excess follows an unknown command.
  return program.allowExcessArguments()
}

function addCommand(
  { language, settle }: Hooks,
  program: Command,
  name: string,
  { description, settings, helps, usage, argument, runsProgram, toInvocation }: CommandDescription,
): void {
  const command = program.command(name).description(description[language])
  addFlags(command, settings, language, helps)
  if (usage) command.usage(usage)
  if (argument) command.argument(argument[0], argument[1]?.[language])
  if (runsProgram) command.passThroughOptions()
  command.action((args) =>
    settle(toInvocation(allFlagsOf(program, command, settings), argument ? args : [])),
  )
}

function unknownCommand(name: string): string {
  return `Unknown command ${show(name)}: the commands are ${[...Object.keys(COMMANDS), ...CLIENT_COMMANDS, 'help'].join(', ')}`
}
