/** What ends the command: it prints the one line of the message and exits with the code. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message)
  }
}

/** A user's mistake in what was asked. */
export class UsageError extends CommandError {
  constructor(message: string) {
    super(message, 2)
  }
}

/** What the library throws for misuse is a user's mistake here, made in a place such as a file. */
export function usage<T>(check: () => T, place?: string): T {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    throw new UsageError(place === undefined ? error.message : `${place}: ${error.message}`)
  }
}
