import { randomUUID } from 'node:crypto'
import { realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Replaces a file, so that others read the old text or the new one, and never a part. */
export function replaceFile(file: string, text: string): void {
  const target = targetOf(file)
  const temporary = `${target}.${randomUUID()}.tmp`
  try {
    writeFileSync(temporary, text, { flag: 'wx' })
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** A symbolic link stays, and the file that it names is replaced. */
function targetOf(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}
