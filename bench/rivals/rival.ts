import { join } from 'node:path'
import type { Dialect } from '../behavior/calls.js'
import { installed, NotInstalled } from '../load/cache.js'
import { versionOf } from '../load/node.js'
import type { Subject } from '../load/subject.js'

/** Another tool that can replace ZapSign's sign-in in a test. */
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

/** The rival's subject, or why there is none on this machine with this Node. */
export function subjectOf(rival: Rival, node: string): Subject | string {
  const version = versionOf(node)
  if (Number(/^v(\d+)/.exec(version)?.[1]) < rival.node)
    return `it needs Node ${rival.node} or newer, and this is ${version}`
  const reason = rival.missing?.()
  if (reason) return reason
  try {
    return rival.subject(node)
  } catch (error) {
    if (error instanceof NotInstalled) return error.message
    throw error
  }
}
