import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { globSync } from 'tinyglobby'
import { isHttpUrl } from '../../../contracts/internal.js'
import { UsageError } from '../errors.js'

/** The pacts that arguments name. */
export interface FoundPacts {
  /** Files, relative to the working directory, and URLs. */
  pacts: string[]
  /** JSON files in folders that are not pacts. */
  others: string[]
}

/**
 * The pacts that files, folders, patterns and URLs name. In a folder, JSON files that are not pacts are
 * left out. Throws a {@link UsageError} for an argument that names no pact.
 */
export function findPactFiles(names: readonly string[], folder: string): FoundPacts {
  const pacts = new Set<string>()
  const others = new Set<string>()
  for (const name of names) {
    if (name.trim() === '')
      throw new UsageError('The name of a pact is empty. Is a variable of the shell unset?')
    const found = isHttpUrl(name) ? [{ path: name, isPact: true }] : expand(name, folder)
    if (found.length === 0 && !existsSync(resolve(folder, name)))
      throw new UsageError(`Found no pact: no file or folder matches ${name}`)
    if (!found.some(({ isPact }) => isPact)) throw new UsageError(`Found no pact in ${name}`)
    for (const { path, isPact } of found) {
      const shown = isHttpUrl(path) ? path : relative(folder, path)
      ;(isPact ? pacts : others).add(shown)
    }
  }
  return { pacts: [...pacts], others: [...others] }
}

interface Found {
  path: string
  isPact: boolean
}

function expand(name: string, folder: string): Found[] {
  const path = resolve(folder, name)
  if (existsSync(path)) return isFolder(path) ? filesIn(path) : [{ path, isPact: true }]
  return glob(name, folder).flatMap((match) =>
    isFolder(match) ? filesIn(match) : [{ path: match, isPact: true }],
  )
}

function isFolder(path: string): boolean {
  return statSync(path).isDirectory()
}

function filesIn(folder: string): Found[] {
  const files = glob('**/*.json', folder).filter((path) => !isFolder(path))
  return files.map((path) => ({ path, isPact: mayBePact(path) }))
}

function glob(pattern: string, cwd: string): string[] {
  const ignore = pattern.includes('node_modules') ? [] : ['**/node_modules/**']
  return globSync(pattern, { cwd, ignore, onlyFiles: false, expandDirectories: false })
    .sort()
    .map((file) => join(cwd, file))
}

/** Bytes of a file that are searched for the keys of a pact. */
const SEARCHED = 20_000_000

/** Whether a JSON file has the keys of a pact. A damaged pact has them too, and must not be left out. */
function mayBePact(path: string): boolean {
  const stats = statSync(path)
  if (!stats.isFile()) return false
  if (stats.size > SEARCHED) return true
  const text = readFileSync(path, 'utf8')
  return /"consumer"\s*:/.test(text) && /"provider"\s*:/.test(text)
}
