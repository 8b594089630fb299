/** Ends the command: it prints the message, one line, and exits with the code. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message)
  }
}

/** A user's mistake: exit code 2. */
export class UsageError extends CommandError {
  constructor(message: string) {
    super(message, 2)
  }
}

/**
 * Calls a function of the library and turns what it throws for misuse into a {@link UsageError}.
 *
 * @param place Where the user made the mistake, such as the name of a file.
 */
export function usage<T>(check: () => T, place?: string): T {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    throw new UsageError(place === undefined ? error.message : `${place}: ${error.message}`)
  }
}
