import { existsSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { globSync } from 'tinyglobby'
import { UsageError } from '../errors.js'

/** The pact files that files, folders and patterns stand for. Throws a {@link UsageError} for one that stands for none. */
export function findPactFiles(named: readonly string[], folder: string): string[] {
  const files = named.flatMap((name) => {
    if (name.trim() === '')
      throw new UsageError('The name of a pact is empty: is a variable of the shell unset?')
    const found = expand(name, folder)
    if (found.length === 0) throw new UsageError(`${name}: there is no such pact`)
    return found
  })
  return [...new Set(files)].map((file) => relative(folder, file))
}

function expand(name: string, folder: string): string[] {
  const path = resolve(folder, name)
  if (existsSync(path)) {
    return statSync(path).isDirectory() ? glob('**/*.json', path) : [path]
  }
  return glob(name, folder)
}

function glob(pattern: string, cwd: string): string[] {
  return globSync(pattern, { cwd, onlyFiles: true, expandDirectories: false })
    .sort()
    .map((file) => join(cwd, file))
}
