import { accessSync, constants, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { PactFileError } from '../errors.js'
import { PROMISE_NAMES, type PromiseName } from '../promises.js'
import { readExistingPact } from './existing-pact.js'
import { toJsonText } from './json-text.js'
import { withLock } from './lock.js'
import { type Pact, PROVIDER } from './pact.js'
import { replaceFile } from './replace-file.js'
import { toPact } from './write-pact.js'

/** Where the pact of a consumer is. */
export interface PactPlace {
  dir: string
  consumer: string
}

/**
 * The file of a consumer's pact. Characters that a file name cannot have on every system become hyphens:
 * the pact of `@acme/billing` is `@acme-billing-ZapSign.json`.
 */
export function pactFileOf({ dir, consumer }: PactPlace): string {
  const name = consumer.replace(/[\\/:*?"<>|]|^\./g, '-')
  return join(dir, `${name}-${PROVIDER}.json`)
}

/**
 * Checks that a pact can be saved, and writes nothing. Called before a client runs, so that no result is
 * lost. Throws a {@link PactFileError}.
 */
export function checkPactPlace(place: PactPlace): void {
  const file = pactFileOf(place)
  readExistingPact(file, place.consumer)
  let folder = resolve(place.dir)
  while (!existsSync(folder)) folder = dirname(folder)
  attempt(file, () => {
    if (!statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder`)
    accessSync(folder, constants.W_OK)
  })
}

/** A pact to be saved. */
export interface SavedPact extends PactPlace {
  promises: readonly { name: PromiseName }[]
  /**
   * Whether promises of earlier runs are removed.
   * @default false
   */
  replaces?: boolean
}

/**
 * Adds promises to the pact of a consumer, and returns the file's name. Promises of earlier runs and other
 * interactions stay. Several processes may do so at the same time. The result does not depend on
 * their order. Throws a {@link PactFileError}.
 */
export function savePact({ promises: kept, replaces = false, ...place }: SavedPact): string {
  const { dir, consumer } = place
  const file = pactFileOf(place)
  attempt(file, () => {
    mkdirSync(dir, { recursive: true })
    withLock(file, () => {
      const names = kept.map(({ name }) => name)
      replaceFile(file, toJsonText(merge(file, consumer, names, replaces)))
    })
  })
  return file
}

/** Other interactions come first, in their order. Promises follow in ours. */
function merge(file: string, consumer: string, names: PromiseName[], replaces: boolean): Pact {
  const existing = readExistingPact(file, consumer)
  const older = PROMISE_NAMES.flatMap((name) => {
    if (names.includes(name)) return toPact(consumer, [name]).interactions
    return (!replaces && existing?.promises.get(name)) || []
  })
  const pact = toPact(consumer, [])
  return {
    ...pact,
    interactions: [...(existing?.others ?? []), ...older],
    metadata: { ...pact.metadata, ...existing?.metadata },
  }
}

/** The pact of a consumer, when an earlier run left one of these promises in it. */
export function findStalePact(
  place: PactPlace,
  names: readonly PromiseName[] = PROMISE_NAMES,
): string | undefined {
  const file = pactFileOf(place)
  const existing = readExistingPact(file, place.consumer)
  return names.some((name) => existing?.promises.has(name)) ? file : undefined
}

/**
 * Removes every promise from the pact of a consumer, and the file when nothing else is in it. Throws a
 * {@link PactFileError}.
 */
export function removePromises(place: PactPlace): void {
  const file = pactFileOf(place)
  attempt(file, () =>
    withLock(file, () => {
      const pact = merge(file, place.consumer, [], true)
      if (pact.interactions.length > 0) replaceFile(file, toJsonText(pact))
      else rmSync(file, { force: true })
    }),
  )
}

function attempt(file: string, run: () => void): void {
  try {
    run()
  } catch (error) {
    if (error instanceof PactFileError) throw error
    throw new PactFileError(`${file} cannot be written: ${(error as Error).message}`)
  }
}
