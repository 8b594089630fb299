import type { ServerOptions } from '../../http/options.js'
import { controlOf } from '../../http/start-provider.js'
import type { Printer } from './print.js'

/** Says how to turn the control API on where it is off because other machines can call the mock. */
export function printControlOff(server: ServerOptions, { print }: Printer): void {
  if (server.control === false || controlOf(server)) return
  print(
    'The control API is off, because other machines can call the mock. Turn it on with --control-token or ZAPSIGN_CONTROL_TOKEN.',
  )
}
