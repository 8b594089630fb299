import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/**
 * The machine and its table of processes. Containers may share a temporary folder, but a process id of one
 * means nothing in another.
 */
function machine(): string {
  let processes = ''
  try {
    processes = readlinkSync('/proc/self/ns/pid')
  } catch {
    // Only Linux has it.
  }
  return createHash('sha256').update(`${hostname()} ${processes}`).digest('hex').slice(0, 12)
}

/** How the names of the folders of a process begin. Six characters follow that make them unique. */
export const prefixOf = (pid: number): string => `zapsign-mock-intercept-${machine()}-${pid}-`

/**
 * Removes the folders that processes of this user and this machine left behind because they were killed. A
 * folder that cannot be removed stays.
 */
export function removeStaleFolders(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, pid] = /-(\d+)-\w{6}$/.exec(name) ?? []
    if (pid === undefined || !name.startsWith(prefixOf(Number(pid)))) continue
    const path = join(parent, name)
    try {
      const stats = lstatSync(path)
      const isOurs = stats.isDirectory() && stats.uid === (process.getuid?.() ?? stats.uid)
      if (isOurs && !isRunning(Number(pid))) rmSync(path, { recursive: true, force: true })
    } catch {
      // Another process removed it at the same time, or it is not ours to remove.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // EPERM: it runs as another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
