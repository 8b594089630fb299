import { closeSync, fchmodSync, fstatSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file and creates its folders. Returns an error message if it fails. */
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
    return `Cannot write ${file}: ${(error as Error).message}`
  }
}

/** Only the owner can read the file, also if it existed before. */
function writeSecret(file: string, text: string): void {
  const descriptor = openSync(file, 'w', 0o600)
  try {
    if (fstatSync(descriptor).isFile()) fchmodSync(descriptor, 0o600)
    writeFileSync(descriptor, text)
  } finally {
    closeSync(descriptor)
  }
}
