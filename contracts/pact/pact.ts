/** The name of the provider in every pact. */
export const PROVIDER = 'ZapSign'

/** A file that is no pact, or a pact that cannot be read or written: one line that names it. */
export class PactFileError extends Error {
  override name = 'PactFileError'
}

/** A pact of specification 4. */
export interface Pact {
  consumer: { name: string }
  interactions: readonly object[]
  metadata: object
  provider: { name: string }
}
