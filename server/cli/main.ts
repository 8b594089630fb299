import { prepare } from './configuration/prepare.js'
import { CommandError } from './errors.js'
import { type Invocation, parseArguments } from './flags/arguments.js'
import { createPrinter } from './output/print.js'

/** Does what a command line asks, and resolves to the exit code: 2 for a user's mistake. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await execute(parseArguments(args))
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    createPrinter(process.stderr).print(`zapsign-mock: ${error.message}`)
    return error.exitCode
  }
}

async function execute(invocation: Invocation): Promise<number> {
  if (invocation.command === 'print') {
    createPrinter(process.stdout).print(invocation.text.trimEnd())
    return 0
  }
  // Each command is loaded when it is asked for: starting fast is a feature.
  if (invocation.command === 'contract' || invocation.command === 'verify') {
    return (await import('./commands/check-contracts.js')).checkContracts(invocation)
  }
  const surroundings = { environment: process.env, folder: process.cwd() }
  const configuration = await prepare(invocation.flags, surroundings)
  switch (invocation.command) {
    case 'serve':
      return (await import('./commands/serve.js')).serve(configuration)
    case 'run': {
      // A file's port is for the mock that keeps running, and may be in use by it.
      const port = 'port' in invocation.flags ? configuration.port : 0
      return (await import('./commands/run.js')).run({ ...configuration, port }, invocation.child)
    }
    case 'token':
      return (await import('./commands/token.js')).token(configuration)
  }
}
