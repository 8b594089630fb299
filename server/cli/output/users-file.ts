import type { User } from '../../../src/index.js'
import { UsageError } from '../errors.js'
import { writeFile } from './write-file.js'

/** Writes users, and their passwords, for nobody else to read. Throws a {@link UsageError}. */
export function writeUsers(file: string, users: readonly User[]): void {
  const failure = writeFile(file, `${JSON.stringify(users, null, 2)}\n`, { isSecret: true })
  if (failure) throw new UsageError(failure)
}
