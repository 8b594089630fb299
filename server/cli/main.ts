import { loadConfiguration } from './configuration/load-configuration.js'
import { CommandError } from './errors.js'
import { parseArguments } from './flags/arguments.js'
import type { Invocation } from './flags/invocation.js'
import { createPrinter } from './output/print.js'

/** Runs a command line and resolves to the exit code: 2 for a user's mistake. */
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
  // Only the requested command is loaded, so that it starts fast.
  if (invocation.command === 'contract' || invocation.command === 'verify') {
    return (await import('./commands/check-contracts.js')).checkContracts(invocation)
  }
  const context = { environment: process.env, folder: process.cwd() }
  const configuration = await loadConfiguration(invocation.flags, context)
  switch (invocation.command) {
    case 'serve':
      return (await import('./commands/serve.js')).serve(configuration)
    case 'run': {
      // A port in the file is for a mock that keeps running: that mock may use it at this moment.
      const { port } = 'port' in invocation.flags ? configuration.server : { port: 0 }
      const server = { ...configuration.server, port }
      return (await import('./commands/run.js')).run({ ...configuration, server }, invocation.child)
    }
    case 'token':
      return (await import('./commands/token.js')).token(configuration)
  }
}
