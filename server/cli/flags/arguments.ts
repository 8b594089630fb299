import { CommanderError } from 'commander'
import { UsageError } from '../errors.js'
import type { Invocation } from './invocation.js'
import { createProgram } from './program.js'
import type { HelpLanguage } from './wording.js'

/** Reads a command line. Help is in a language, errors are English. Throws a {@link UsageError}. */
export function parseArguments(args: readonly string[], language: HelpLanguage = 'en'): Invocation {
  let invocation: Invocation | undefined
  let printed = ''
  const program = createProgram({
    language,
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

/** Characters of commander's message that are shown. */
const MOST_CHARACTERS = 500

/** Commander's message without its prefix, without line breaks, and without a value that may be secret. */
function oneLine(message: string): string {
  const lines = message.replace(/^error: /, '').split('\n')
  const line = lines.map((one) => one.trim()).join(' ')
  const text = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line
  return text.replace(/(--[\w-]+)=[^\s']*/g, '$1').replace(/^./, (first) => first.toUpperCase())
}
