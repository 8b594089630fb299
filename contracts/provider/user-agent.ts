import { VERSION } from '../../src/version.js'

/** The `User-Agent` of every request that `verify` sends. */
export const USER_AGENT = `zapsign-mock/${VERSION}`
