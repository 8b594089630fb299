import { existsSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { globSync } from 'tinyglobby'
import { UsageError } from '../errors.js'

/**
 * The pact files that files, folders and patterns stand for. A folder stands for all JSON files below
 * it, except those of installed packages. Throws a {@link UsageError} for a name that stands for none.
 */
export function findPactFiles(named: readonly string[], folder: string): string[] {
  const files = named.flatMap((name) => {
    if (name.trim() === '')
      throw new UsageError('The name of a pact is empty. Is a variable of the shell unset?')
    const found = expand(name, folder)
    if (found.length === 0) throw new UsageError(`Found no pact named ${name}`)
    return found
  })
  return [...new Set(files)].map((file) => relative(folder, file))
}

function expand(name: string, folder: string): string[] {
  const path = resolve(folder, name)
  const found = existsSync(path) ? [path] : glob(name, folder)
  return found.flatMap((one) => (statSync(one).isDirectory() ? glob('**/*.json', one, true) : one))
}

function glob(pattern: string, cwd: string, onlyFiles = false): string[] {
  const ignore = pattern.includes('node_modules') ? [] : ['**/node_modules/**']
  return globSync(pattern, { cwd, onlyFiles, expandDirectories: false, ignore })
    .sort()
    .map((file) => join(cwd, file))
}
