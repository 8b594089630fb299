import { readFileSync } from 'node:fs'
import type { PrivateFolder } from './private-folder.js'

export type Environment = Readonly<Record<string, string | undefined>>

/** What the variables for a language are made of. */
export interface Setting {
  /** The environment that COMMAND would have without interception. */
  own: Environment
  folder: PrivateFolder
  /** The authority that signed the mock's certificate, in PEM. */
  ca: string
  /** Of the proxy for programs that read `HTTPS_PROXY`, with its credentials. */
  proxyUrl: string
  /** The port for programs that are redirected and for Java. */
  openPort: number
}

export type Variables = Record<string, string>

/** The bytes of a file that the user names; empty if it cannot be read. */
export function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}

/** Bun and Java read a whole option in quotes, and Bun no other form. */
export function quoteBlanks(option: string): string {
  return /\s/.test(option) ? `"${option}"` : option
}
