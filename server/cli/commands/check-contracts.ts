import {
  BrokerError,
  PactFileError,
  PactMissingError,
  PactRunError,
  UnknownStateError,
} from '../../../contracts/internal.js'
import { CommandError, UsageError, usage } from '../errors.js'
import { readEnvironment } from '../flags/environment.js'
import type { Invocation } from '../flags/invocation.js'
import { contract } from './contract.js'
import { contractOptions } from './contract-options.js'
import { verify } from './verify.js'
import { verifyOptions } from './verify-options.js'

type ContractInvocation = Extract<Invocation, { command: 'contract' | 'verify' }>

/** Runs `contract` or `verify`, and resolves to the exit code. Throws a {@link CommandError} of one line. */
export async function checkContracts(invocation: ContractInvocation): Promise<number> {
  const environment = usage(() => readEnvironment(process.env))
  const sources = { flags: invocation.flags, environment }
  try {
    if (invocation.command === 'verify') {
      const options = usage(() => verifyOptions(sources))
      return await verify(options, invocation.pacts)
    }
    const options = usage(() => contractOptions(sources))
    return await contract(options, invocation.child)
  } catch (error) {
    throw explain(error)
  }
}

function explain(error: unknown): unknown {
  const isInTheWay =
    error instanceof PactMissingError ||
    error instanceof PactRunError ||
    error instanceof BrokerError
  if (isInTheWay) return new CommandError(error.message)
  const isMistake =
    error instanceof PactFileError ||
    error instanceof UnknownStateError ||
    error instanceof RangeError
  return isMistake ? new UsageError(error.message) : error
}
