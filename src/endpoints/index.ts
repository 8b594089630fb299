import type { Endpoint } from '../call.js'
import { documents } from './documents.js'
import { obtain } from './obtain.js'
import { refresh } from './refresh.js'
import { users } from './users.js'

/** Every address of the provider that the mock answers at; all others are its 404. */
export const ENDPOINTS: readonly Endpoint[] = [obtain, refresh, documents, users]

/** The addresses that only a bearer may call. */
export const PROTECTED_PATHS = ENDPOINTS.filter(({ isProtected }) => isProtected).map(
  ({ path }) => path,
)
