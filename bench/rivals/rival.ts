import { join } from 'node:path'
import type { Dialect } from '../behavior/calls.js'
import { installed } from '../load/cache.js'
import type { Subject } from '../load/subject.js'

/** Another tool that can stand in for ZapSign's sign-in. */
export interface Rival {
  /** The npm package and its exact version. */
  package: string
  /** The oldest major version of Node that its package names. */
  node: number
  /** What it does for a login, as it is configured here. */
  answer: string
  /** Why it does not run on this machine. */
  missing?(): string | undefined
  /** How it takes the requests of the sign-in. @default as ZapSign does */
  dialect?: Dialect
  /** The subject, run by a `node`. Installs the package if it is not there yet. */
  subject(node: string): Subject
}

/** A file of an npm package, which is installed if it is not there yet. */
export function fileOf(what: string, path: string): string {
  return join(installed(what), 'node_modules', path)
}
