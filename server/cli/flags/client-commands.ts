import { type Command, Option } from 'commander'
import { UsageError } from '../errors.js'
import { CONNECTION, VERBS, type Verb, type VerbDescription } from './control-verbs.js'
import { flagsOf } from './flags.js'
import type { Hooks } from './hooks.js'
import { flagOf, MOCK_SETTING_NAMES } from './settings.js'
import type { Wording } from './wording.js'

/** The commands that talk to a mock that is running. */
export const CLIENT_COMMANDS = ['wait', 'control'] as const

const WAIT: Wording = { en: 'wait until a mock answers', pt: 'espera até um mock responder' }
const URL_OF_MOCK: Wording = {
  en: 'its base URL (default: ZAPSIGN_CONTROL_URL, or http://127.0.0.1:9277)',
  pt: 'URL base do mock (padrão: ZAPSIGN_CONTROL_URL, ou http://127.0.0.1:9277)',
}
const TIMEOUT: Wording = {
  en: 'how long to wait (default: 30s)',
  pt: 'quanto tempo esperar (padrão: 30s)',
}
const CONTROL: Wording = {
  en: 'control a running mock: its clock, outcomes, requests, tokens and users',
  pt: 'controla um mock em execução: relógio, resultados, requisições, tokens e usuários',
}

/** Adds the commands that talk to a mock that is running. */
export function addClientCommands(program: Command, { language, settle }: Hooks): void {
  program
    .command('wait')
    .description(WAIT[language])
    .argument('[url]', URL_OF_MOCK[language])
    .option('--timeout <duration>', TIMEOUT[language])
    .action(
      (url: string | undefined, { timeout = '30s' }: { timeout?: string }, command: Command) => {
        refuseMockFlags(program, command)
        settle({ command: 'wait', url, timeout })
      },
    )
  const control = program
    .command('control')
    .description(CONTROL[language])
    .usage('<verb> [options]')
    .helpCommand(false)
    .argument('[verb]')
    .action((verb: string | undefined) => {
      const given = verb === undefined ? 'Name a verb' : `Unknown verb ${JSON.stringify(verb)}`
      throw new UsageError(`${given}: the verbs are ${Object.keys(VERBS).join(', ')}`)
    })
  addConnection(control, language)
  for (const verb of Object.keys(VERBS) as Verb[])
    addVerb({ program, control, language, settle }, verb)
}

function addVerb(
  {
    program,
    control,
    language,
    settle,
  }: Pick<Hooks, 'language' | 'settle'> & { program: Command; control: Command },
  verb: Verb,
): void {
  const { description, argument, options = [] }: VerbDescription = VERBS[verb]
  const command = control.command(verb).description(description[language])
  if (argument) command.argument(argument[0], argument[1][language])
  for (const [flag, help] of options) command.addOption(new Option(flag, help[language]))
  addConnection(command, language)
  command.action(() => {
    refuseMockFlags(program, control)
    const { url, controlToken, ...given } = { ...control.opts(), ...command.opts() }
    const [value] = command.args
    settle({ command: 'control', verb, value, options: given, url, token: controlToken })
  })
}

function addConnection(command: Command, language: Hooks['language']): void {
  for (const [flag, help] of CONNECTION)
    command.addOption(new Option(flag, help[language]).helpGroup('Mock:'))
}

/** A flag of the mock before the command's name would have no effect. */
function refuseMockFlags(program: Command, command: Command): void {
  const [name] = Object.keys(flagsOf(program, MOCK_SETTING_NAMES)) as typeof MOCK_SETTING_NAMES
  if (name) throw new UsageError(`The command ${command.name()} has no option ${flagOf(name)}`)
}
