import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the nearest package.json above a file or folder, or the working directory. */
export function packageFolderOf(file: string | undefined): string {
  const start = file ?? process.cwd()
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (folder === dirname(folder)) return process.cwd()
  }
}

/** A file in a line of a stack, with its line and column. */
const IN_STACK = /(?:\(|at (?:async )?)((?:file:\/\/)?[^()\s][^()]*?):\d+:\d+\)?$/

/** The file that called a function. `undefined` when the stack does not tell. */
export function callerOf(called: (...args: never[]) => unknown): string | undefined {
  const error = new Error()
  // Without the frames of this package, whose names and files depend on the bundle and its source map.
  Error.captureStackTrace(error, called)
  return (error.stack ?? '')
    .split('\n')
    .map((line) => toPath(IN_STACK.exec(line.slice(0, 2000))?.[1]))
    .find((file) => file !== undefined && isAbsolute(file) && existsSync(file))
}

function toPath(found: string | undefined): string | undefined {
  return found?.startsWith('file://') ? fileURLToPath(found) : found
}

/** A path as people in the working directory write it. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') ? path : short
}
