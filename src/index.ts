// What follows the first line is for the other folders of this package only, and in no declaration.

export { BODY_LIMIT } from './answer.js'
export { BASIS_HEADER } from './api.js'
export { toApiRequest, toResponse } from './fetch.js'
export { show } from './misuse.js'
export { latency, latencyOf, optionEntries, wholeNumber } from './options.js'
export * from './public.js'
export { organizationFor } from './users.js'
export { objectOf, validate } from './validate.js'
export { VERSION } from './version.js'
export { TIMEOUT_HOLD, wait } from './waiting.js'
export { assertZapSign } from './zapsign.js'
