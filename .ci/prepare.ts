/**
 * Builds, where the last build is not good any more. npm asks for this after `npm ci`, and again each
 * time that `npx zapsign-mock` is typed in a checkout.
 */
import { isStale } from './stale.js'

if (isStale('.')) await import('./build.js')
