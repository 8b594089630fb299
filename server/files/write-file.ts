import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fchmodSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { reasonOf } from './file-errors.js'

interface WriteOptions {
  /** Whether only the owner may read the file. @default false */
  isSecret?: boolean
}

/**
 * Writes a file and creates its folders. Readers see the old content or the new one, never a part.
 * Returns an error message if it fails.
 */
export function writeFile(
  file: string,
  text: string,
  { isSecret = false }: WriteOptions = {},
): string | undefined {
  try {
    createFolder(dirname(file))
    const target = followLinks(file)
    const before = statSync(target, { throwIfNoEntry: false })
    if (isSpecial(target) || (before && !before.isFile())) writeInto(target, text)
    else replace(target, text, isSecret ? 0o600 : before && before.mode & 0o777)
    return undefined
  } catch (error) {
    return `Cannot write ${file}: ${reasonOf(error)}`
  }
}

/** Creates a folder and its parents. Node's own `recursive` never ends below `/proc`. */
function createFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })) return
  if (dirname(folder) !== folder) createFolder(dirname(folder))
  mkdirSync(folder)
}

function followLinks(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}

/** `/dev/stdout` may be a file that other output goes to as well: it must not be replaced. */
function isSpecial(file: string): boolean {
  return /^\/(dev|proc)\//.test(file)
}

/** Writes to a device or a pipe, without waiting for a program that reads it. */
function writeInto(file: string, text: string): void {
  const descriptor = openSync(file, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0))
  try {
    writeFileSync(descriptor, text)
  } finally {
    closeSync(descriptor)
  }
}

/** @param mode The permissions of the file. By default, those of any new file. */
function replace(file: string, text: string, mode: number | undefined): void {
  const temporary = join(dirname(file), `.zapsign-mock-${randomBytes(6).toString('hex')}`)
  try {
    writeNew(temporary, text, mode)
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    // A file that is mounted into a container cannot be replaced.
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error
    writeFileSync(file, text)
  }
}

function writeNew(file: string, text: string, mode: number | undefined): void {
  const descriptor = openSync(file, 'wx', mode)
  try {
    // The process's mask may have taken permissions away.
    if (mode !== undefined) fchmodSync(descriptor, mode)
    writeFileSync(descriptor, text)
  } finally {
    closeSync(descriptor)
  }
}
