import {
  BrokerError,
  PactFileError,
  PactMissingError,
  PactRunError,
} from '../../../contracts/internal.js'
import { CommandError, UsageError, usage } from '../errors.js'
import { readEnvironment } from '../flags/environment.js'
import type { Invocation } from '../flags/invocation.js'
import { contract } from './contract.js'
import { contractOptions } from './contract-options.js'
import { findPactFiles } from './pact-files.js'
import { verify } from './verify.js'
import { verifyOptions } from './verify-options.js'

type ContractInvocation = Extract<Invocation, { command: 'contract' | 'verify' }>

/** Runs `contract` or `verify`, and resolves to the exit code. Throws a {@link CommandError} of one line. */
export async function checkContracts(invocation: ContractInvocation): Promise<number> {
  const environment = usage(() => readEnvironment(process.env))
  const sources = { flags: invocation.flags, environment }
  try {
    if (invocation.command === 'verify') {
      const { pacts, others } = findPactFiles(invocation.pacts, process.cwd())
      return await verify(
        usage(() => verifyOptions(pacts, sources)),
        others,
      )
    }
    const options = usage(() => contractOptions(sources))
    return await contract(options, invocation.child)
  } catch (error) {
    throw explain(error)
  }
}

function explain(error: unknown): unknown {
  const isFailure =
    error instanceof PactMissingError ||
    error instanceof PactRunError ||
    error instanceof BrokerError
  if (isFailure) return new CommandError(error.message)
  const isMistake = error instanceof PactFileError || error instanceof RangeError
  return isMistake ? new UsageError(error.message) : error
}
