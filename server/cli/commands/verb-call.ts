import type { ControlClient } from '../../control/client.js'
import type { Printer } from '../output/print.js'

/** What a verb works with. */
export interface VerbCall {
  client: ControlClient
  /** The argument. */
  value: string | undefined
  options: Readonly<Record<string, unknown>>
  printer: Printer
}
