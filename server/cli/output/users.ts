import type { User } from '../../../src/index.js'
import { writeFile } from '../../files/write-file.js'
import { UsageError } from '../errors.js'
import type { Printer } from './print.js'

/** Writes the generated users, with their passwords, to a file that only its owner can read. Throws a {@link UsageError}. */
export function writeUsers(file: string, users: readonly User[]): void {
  const failure = writeFile(file, `${JSON.stringify(users, null, 2)}\n`, { isSecret: true })
  if (failure) throw new UsageError(failure)
}

/** Prints the generated users, with their passwords. */
export function printUsers(users: readonly User[], { print }: Printer): void {
  const width = Math.max(...users.map(({ username }) => username.length))
  for (const { username, password } of users) print(`  ${username.padEnd(width)}  ${password}`)
  print()
}
