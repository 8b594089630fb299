import { type Command, Option } from 'commander'
import { UsageError } from '../errors.js'
import { CONNECTION, VERBS, type Verb, type VerbDescription } from './control-verbs.js'
import { flagsOf } from './flags.js'
import type { Invocation } from './invocation.js'
import { flagOf, MOCK_SETTING_NAMES } from './settings.js'

/** The commands that talk to a mock that is running. */
export const CLIENT_COMMANDS = ['wait', 'control'] as const

type Settle = (invocation: Invocation) => void

/** Adds the commands that talk to a mock that is running. */
export function addClientCommands(program: Command, settle: Settle): void {
  program
    .command('wait')
    .description('wait until a mock answers')
    .argument('[url]', 'its base URL (default: ZAPSIGN_CONTROL_URL, or http://127.0.0.1:9277)')
    .option('--timeout <duration>', 'how long to wait', '30s')
    .action((url: string | undefined, { timeout }: { timeout: string }, command: Command) => {
      refuseMockFlags(program, command)
      settle({ command: 'wait', url, timeout })
    })
  const control = program
    .command('control')
    .description('steer a mock that is running: its clock, outcomes, requests, tokens and users')
    .usage('<verb> [options]')
    .helpCommand(false)
    .argument('[verb]')
    .action((verb: string | undefined) => {
      const given = verb === undefined ? 'Name a verb' : `Unknown verb ${JSON.stringify(verb)}`
      throw new UsageError(`${given}: the verbs are ${Object.keys(VERBS).join(', ')}`)
    })
  for (const verb of Object.keys(VERBS) as Verb[]) addVerb({ program, control, settle }, verb)
}

function addVerb(
  { program, control, settle }: { program: Command; control: Command; settle: Settle },
  verb: Verb,
): void {
  const { description, argument, options = [] }: VerbDescription = VERBS[verb]
  const command = control
    .command(verb)
    .description(description)
    .helpOption('-h, --help', 'print this help')
  if (argument) command.argument(...argument)
  for (const [flag, help] of options) command.addOption(new Option(flag, help))
  for (const [flag, help] of CONNECTION)
    command.addOption(new Option(flag, help).helpGroup('Mock:'))
  command.action(() => {
    refuseMockFlags(program, control)
    const { url, controlToken, ...given } = command.opts()
    const [value] = command.args
    settle({ command: 'control', verb, value, options: given, url, token: controlToken })
  })
}

/** A flag of the mock before the command's name would have no effect. */
function refuseMockFlags(program: Command, command: Command): void {
  const [name] = Object.keys(flagsOf(program, MOCK_SETTING_NAMES)) as typeof MOCK_SETTING_NAMES
  if (name) throw new UsageError(`The command ${command.name()} has no option ${flagOf(name)}`)
}
