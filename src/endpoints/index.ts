import { documents } from './documents.js'
import type { Endpoint } from './endpoint.js'
import { NOT_MODELLED } from './not-modelled.js'
import { obtain } from './obtain.js'
import { refresh } from './refresh.js'
import { users } from './users.js'

/** The endpoints of the provider. Any other path is its 404. */
export const ENDPOINTS: readonly Endpoint[] = [obtain, refresh, documents, users, ...NOT_MODELLED]
