import { tmpdir } from 'node:os'
import { reasonOf } from '../files/file-errors.js'
import { withoutCredentials } from '../store/without-credentials.js'
import { serve } from './commands/serve.js'
import { loadConfiguration } from './configuration/load-configuration.js'
import { CommandError, UsageError } from './errors.js'
import { parseArguments } from './flags/arguments.js'
import type { Invocation } from './flags/invocation.js'
import { helpLanguage } from './flags/wording.js'
import { createPrinter } from './output/print.js'
import { watchOutput } from './output/watch-output.js'

/** The commands whose output on stdout is their result. */
const PRINTING: readonly Invocation['command'][] = ['print', 'token', 'verify', 'control']

/** Milliseconds that the reader of a log may pause before the command ends without it. */
const PATIENCE = 1000

/** Runs a command line and resolves to the exit code: 2 for a user's mistake. */
export async function main(args: readonly string[]): Promise<number> {
  const stdout = watchOutput(process.stdout)
  const stderr = watchOutput(process.stderr)
  const { print } = createPrinter(process.stderr)
  const { exitCode, command } = await attempt(args, (message) =>
    print(`zapsign-mock: ${withoutCredentials(message)}`),
  )
  const isPrinting = command !== undefined && PRINTING.includes(command)
  await stdout.flushed(isPrinting ? Number.POSITIVE_INFINITY : PATIENCE)
  const failure = isPrinting ? stdout.failure() : undefined
  if (failure) print(`zapsign-mock: Cannot write to stdout: ${failure}`)
  await stderr.flushed(PATIENCE)
  return exitCode || (failure ? 1 : 0)
}

interface Result {
  exitCode: number
  command?: Invocation['command']
}

async function attempt(
  args: readonly string[],
  report: (message: string) => void,
): Promise<Result> {
  try {
    const invocation = parseArguments(args, helpLanguage(process.env))
    return { exitCode: await execute(invocation), command: invocation.command }
  } catch (error) {
    const failure = toCommandError(error)
    if (!failure) throw error
    report(failure.message)
    return { exitCode: failure.exitCode }
  }
}

async function execute(invocation: Invocation): Promise<number> {
  if (invocation.command === 'print') {
    const { print } = createPrinter(process.stdout)
    for (const line of invocation.text.trimEnd().split('\n')) print(line)
    return 0
  }
  const context = { environment: process.env, folder: currentFolder() }
  // Only the requested command is loaded, besides the one that is asked for most, so that it starts fast.
  if (invocation.command === 'worker') return (await import('./commands/worker.js')).worker()
  if (invocation.command === 'wait') return (await import('./commands/wait.js')).wait(invocation)
  if (invocation.command === 'control')
    return (await import('./commands/control.js')).control(invocation)
  if (invocation.command === 'contract' || invocation.command === 'verify') {
    return (await import('./commands/check-contracts.js')).checkContracts(invocation)
  }
  const configuration = await loadConfiguration(invocation.flags, context)
  switch (invocation.command) {
    case 'serve':
      return serve(configuration, () => loadConfiguration(invocation.flags, context))
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

function toCommandError(error: unknown): CommandError | undefined {
  if (error instanceof CommandError) return error
  if ((error as NodeJS.ErrnoException)?.syscall !== 'mkdtemp') return undefined
  return new UsageError(
    `Cannot create a temporary folder in ${tmpdir()}: ${reasonOf(error)}. Set TMPDIR to a folder that you can write to.`,
  )
}

function currentFolder(): string {
  try {
    return process.cwd()
  } catch {
    throw new UsageError('Cannot use the current folder: it no longer exists')
  }
}
