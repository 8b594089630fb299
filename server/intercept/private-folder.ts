import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that only this user can read, for as long as COMMAND runs. */
export interface PrivateFolder {
  path: string
  /** Writes a file and returns its path. */
  write(name: string, content: string | Uint8Array): string
  remove(): void
}

/** Makes a private folder (mode 0700). It is removed with this process at the latest. */
export function createPrivateFolder(): PrivateFolder {
  const path = mkdtempSync(join(tmpdir(), 'zapsign-mock-'))
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
