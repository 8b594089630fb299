import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prefixOf, removeStaleFolders } from './stale-folders.js'

/** A folder that only this user can read, for as long as COMMAND runs. */
export interface PrivateFolder {
  path: string
  /** Writes a file and returns its path. */
  write(name: string, content: string | Uint8Array): string
  remove(): void
}

/**
 * Makes a private folder (mode 0700). It is removed with this process at the latest. If this process is
 * killed, the next one that makes a private folder removes it.
 *
 * @param parent @default the folder for temporary files
 */
export function createPrivateFolder(parent = tmpdir()): PrivateFolder {
  removeStaleFolders(parent)
  const path = mkdtempSync(join(parent, prefixOf(process.pid)))
  const remove = () => {
    process.off('exit', remove)
    rmSync(path, { recursive: true, force: true })
  }
  process.on('exit', remove)
  return {
    path,
    remove,
    write(name, content) {
      const file = join(path, name)
      writeFileSync(file, content, { mode: 0o600 })
      return file
    },
  }
}
