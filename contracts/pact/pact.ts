/** The name of the provider in every pact. */
export const PROVIDER = 'ZapSign'

/** A pact of specification 4. */
export interface Pact {
  consumer: { name: string }
  interactions: readonly object[]
  metadata: object
  provider: { name: string }
}
