import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import type { Block } from './blocks.js'

const OPTIONS = [
  ...['--noEmit', '--strict', '--skipLibCheck', '--allowImportingTsExtensions'],
  ...['--target', 'es2022', '--module', 'preserve', '--moduleResolution', 'bundler'],
  ...['--jsx', 'preserve', '--lib', 'es2023,dom,dom.iterable'],
]

/** Type-checks the TypeScript files of a guide. Returns what the compiler printed. */
export function typeCheck(folder: string, blocks: readonly Block[]): string {
  const files = blocks.flatMap(({ file }) => file ?? []).filter((file) => /\.[mc]?tsx?$/.test(file))
  if (files.length === 0) return ''
  const types = ['--typeRoots', resolve('node_modules/@types'), '--types', 'node']
  const tsc = resolve('node_modules/typescript/bin/tsc')
  const args = [tsc, ...OPTIONS, ...types, ...new Set(files)]
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return stdout + stderr
}
