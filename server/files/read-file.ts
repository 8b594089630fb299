import { readFileSync, statSync } from 'node:fs'
import { reasonOf } from './file-errors.js'

/** The most bytes of a file that a user names: a configuration of 10,000 users has about 1 MiB. */
const MOST_BYTES = 4 * 1024 * 1024

/**
 * Reads a text file that a user named. Throws a `RangeError` of one line: a pipe or a device could keep
 * the process waiting, and a large file fill its memory.
 *
 * @param path Where the file is. @default its name
 */
export function readTextFile(name: string, path = name): string {
  const problem = problemWith(path)
  if (problem) throw new RangeError(`Cannot read ${name}: ${problem}`)
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new RangeError(`Cannot read ${name}: ${reasonOf(error)}`)
  }
}

function problemWith(path: string): string | undefined {
  try {
    const file = statSync(path)
    if (file.isDirectory()) return 'it is a folder'
    if (!file.isFile()) return 'it is not a regular file'
    return file.size > MOST_BYTES ? 'it is larger than 4 MiB' : undefined
  } catch (error) {
    return reasonOf(error)
  }
}
