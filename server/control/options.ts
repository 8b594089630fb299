import * as v from 'valibot'
import { objectOf } from '../../src/internal.js'

/** How the control API is protected. */
export interface ControlOptions {
  /**
   * The bearer token that callers must send: visible ASCII characters. @default no token is needed, and
   * only programs on this machine can call
   */
  token?: string
  /** Further host names under which callers may reach the mock, without a port. @default loopback and the mock's own addresses */
  hosts?: readonly string[]
}

const TOKEN_FORMS = 'visible ASCII characters without white space'

const HOST_FORMS = 'a host name or an address without a port, such as "zapsign.internal"'

/** The names that `--control-host` takes. */
const host = v.pipe(v.string(HOST_FORMS), v.regex(/^(\[[\da-f:.]+\]|[^\s/:@[\]]+)$/i, HOST_FORMS))

const hostList: v.GenericSchema<readonly string[], readonly string[]> = v.pipe(
  v.custom<readonly string[]>(Array.isArray, 'a list of host names'),
  v.array(host),
)

const controlEntries = {
  token: v.optional(v.pipe(v.string(TOKEN_FORMS), v.regex(/^[!-~]+$/, TOKEN_FORMS))),
  hosts: v.optional(hostList),
}

const CONTROL_FORMS = 'true, false, or an object with the keys token, hosts'

/** The schema of the option `control`. */
export const controlOption = v.optional(
  v.lazy((input) =>
    typeof input === 'object' ? objectOf(controlEntries) : v.boolean(CONTROL_FORMS),
  ),
)
