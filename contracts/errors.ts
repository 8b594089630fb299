/**
 * The errors that contracts throw besides the `TypeError` and `RangeError` of a misused option. Each has
 * a `code` that never changes: `ERR_` and the subject. The message is one line and may be reworded.
 */
const PACKAGE = '@pact-foundation/pact'

/** Pact, an optional peer dependency, is not installed or its version does not fit. */
export class PactMissingError extends Error {
  override name = 'PactMissingError'
  readonly code = 'ERR_PACT_MISSING'

  /** @param found What is wrong with the Pact that is installed. */
  constructor(found?: string) {
    const but = found ? `; the installed version ${found}` : ''
    super(`${PACKAGE} (16 or 17) is required: npm install --save-dev ${PACKAGE}${but}`)
  }
}

/** A file that is not a pact, or a pact that cannot be read or written. The message names the file. */
export class PactFileError extends Error {
  override name = 'PactFileError'
  readonly code = 'ERR_PACT_FILE'
}

/** Pact's verifier could not be run, or did not finish. */
export class PactRunError extends Error {
  override name = 'PactRunError'
  readonly code = 'ERR_PACT_RUN'

  constructor(reason: string) {
    super(`Pact's verifier could not be run: ${reason}`)
  }
}

/** A Pact broker that cannot be reached, or that answers with something unexpected. */
export class BrokerError extends Error {
  override name = 'BrokerError'
  readonly code = 'ERR_BROKER'
}
