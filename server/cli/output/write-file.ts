import { closeSync, fchmodSync, fstatSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file, and the folders that it needs. Returns why it could not be written, if so. */
export function writeFile(
  file: string,
  text: string,
  { isSecret = false } = {},
): string | undefined {
  try {
    mkdirSync(dirname(file), { recursive: true })
    if (isSecret) writeSecret(file, text)
    else writeFileSync(file, text)
    return undefined
  } catch (error) {
    return `${file} cannot be written: ${(error as Error).message}`
  }
}

/** For nobody else to read, also where the file was there already. */
function writeSecret(file: string, text: string): void {
  const descriptor = openSync(file, 'w', 0o600)
  try {
    if (fstatSync(descriptor).isFile()) fchmodSync(descriptor, 0o600)
    writeFileSync(descriptor, text)
  } finally {
    closeSync(descriptor)
  }
}
