import {
  BrokerError,
  PactFileError,
  PactMissingError,
  PactRunError,
  UnknownStateError,
} from '../../../contracts/internal.js'
import { CommandError, UsageError, usage } from '../errors.js'
import { FOR_CONTRACT, FOR_VERIFY } from '../flags/contract-settings.js'
import { readEnvironment } from '../flags/environment.js'
import type { Invocation } from '../flags/invocation.js'
import { contract } from './contract.js'
import { contractOptions } from './contract-options.js'
import { verify } from './verify.js'

type ContractInvocation = Extract<Invocation, { command: 'contract' | 'verify' }>

/** Does what the commands about contracts are asked. Throws a {@link CommandError} of one line. */
export async function checkContracts(invocation: ContractInvocation): Promise<number> {
  const { flags } = invocation
  const environment = usage(() => readEnvironment(process.env))
  const names = invocation.command === 'contract' ? FOR_CONTRACT : FOR_VERIFY
  const options = usage(() => contractOptions(names, { flags, environment }))
  try {
    return invocation.command === 'contract'
      ? await contract(options, invocation.child)
      : await verify(options, invocation.pacts)
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
