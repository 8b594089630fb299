import { mkdirSync, rmdirSync, statSync } from 'node:fs'
import { PactFileError } from '../errors.js'

/** Milliseconds between two attempts to take a lock. A process holds it for a few milliseconds. */
const PAUSE = 10

/** After so many looks at the same lock, its owner is taken to have been killed. */
const MOST_LOOKS = 500

/** After so many looks in all, something else must be wrong. */
const MOST_LOOKS_IN_ALL = 2000

/**
 * Runs a function while no other process or thread runs one for the same file. The lock is a folder
 * next to the file: to create a folder is one atomic step on every file system. It waits without timers,
 * which a test runner may have replaced. Throws a {@link PactFileError} after 20 s.
 */
export function withLock<T>(file: string, run: () => T): T {
  const lock = `${file}.lock`
  acquire(lock)
  try {
    return run()
  } finally {
    release(lock)
  }
}

function acquire(lock: string): void {
  let seen: number | undefined
  let looks = 0
  for (let count = 0; count < MOST_LOOKS_IN_ALL; count += 1) {
    if (tryToCreate(lock)) return
    const now = changeTimeOf(lock)
    looks = now === seen ? looks + 1 : 0
    seen = now
    if (looks >= MOST_LOOKS) release(lock)
    else pause()
  }
  throw new PactFileError(`${lock} is held by another process. Delete it if no test is running.`)
}

function tryToCreate(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function changeTimeOf(lock: string): number | undefined {
  return statSync(lock, { throwIfNoEntry: false })?.ctimeMs
}

/** Another process may have taken it for abandoned. */
function release(lock: string): void {
  try {
    rmdirSync(lock)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE)
}
