import { realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** A file, and the flag or the purpose that names it. */
export type NamedFile = readonly [name: string, file: string | undefined]

/** Throws a `RangeError` if two names refer to the same file: one output would overwrite the other. */
export function refuseSameFile(files: readonly NamedFile[]): void {
  const names = new Map<string, string>()
  for (const [name, file] of files) {
    if (file === undefined) continue
    const path = canonical(resolve(file))
    const other = names.get(path)
    if (other !== undefined && !path.startsWith('/dev/'))
      throw new RangeError(`${other} and ${name} are the same file: ${file}`)
    names.set(path, name)
  }
}

/** An absolute path without symbolic links, as far as it exists. */
function canonical(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return dirname(path) === path ? path : join(canonical(dirname(path)), basename(path))
  }
}
