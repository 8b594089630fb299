import { readFileSync, statSync } from 'node:fs'
import { PactFileError } from '../errors.js'
import { isObject } from '../is-object.js'
import { PROMISE_NAMES, type PromiseName, promises } from '../promises.js'
import { parseJsonText } from './json-text.js'
import { PROVIDER } from './pact.js'
import { toV4 } from './to-v4.js'

type Interaction = Readonly<Record<string, unknown>>

/** The content of a pact file that is there already, in specification 4. */
export interface ExistingPact {
  /** Interactions that are not promises, in their order. */
  others: readonly Interaction[]
  /** The promises in it. */
  promises: ReadonlyMap<PromiseName, Interaction>
  metadata: Readonly<Record<string, unknown>>
}

/** A larger file is not a pact that anybody wrote. */
const LARGEST = 20_000_000

/**
 * Reads the pact of a consumer with ZapSign, of any specification from 1 to 4. `undefined` when there is
 * no such file. Throws a {@link PactFileError} for any other file.
 */
export function readExistingPact(file: string, consumer: string): ExistingPact | undefined {
  const text = read(file)
  if (text === undefined) return undefined
  const pact = parse(text)
  const refuse = (what: string) => new PactFileError(`${file} is ${what}. Move or delete it.`)
  if (!isObject(pact)) throw refuse('not a pact')
  const { interactions, messages } = pact
  if (!Array.isArray(interactions) || !interactions.every(isObject)) throw refuse('not a pact')
  const [found, provider] = [nameOf(pact['consumer']), nameOf(pact['provider'])]
  if (found !== consumer || provider !== PROVIDER)
    throw refuse(
      `a pact between ${found} and ${provider}, expected ${shown(consumer)} and ${PROVIDER}`,
    )
  if (Array.isArray(messages) && messages.length > 0)
    throw refuse('a pact with messages of specification 3, which cannot be kept')
  const { pactSpecification, ...metadata } = isObject(pact['metadata']) ? pact['metadata'] : {}
  const isV4 = String(Object(pactSpecification).version).startsWith('4')
  const all: Interaction[] = isV4 ? interactions : interactions.map(toV4)
  return {
    others: all.filter((one) => promiseOf(one) === undefined),
    promises: new Map(
      all.flatMap((one) => {
        const name = promiseOf(one)
        return name ? [[name, one] as const] : []
      }),
    ),
    metadata: isV4 ? metadata : {},
  }
}

/** The promise that an interaction is: in Pact, description and states tell interactions apart. */
function promiseOf({ description, providerStates }: Interaction): PromiseName | undefined {
  const states = Array.isArray(providerStates) ? providerStates.map((one) => Object(one).name) : []
  return PROMISE_NAMES.find(
    (name) =>
      promises[name].description === description &&
      states.length === 1 &&
      states[0] === promises[name].state.name,
  )
}

function read(file: string): string | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false })
    if (!stats) return undefined
    if (!stats.isFile()) throw new PactFileError(`${file} is not a file. Move or delete it.`)
    if (stats.size > LARGEST) throw new PactFileError(`${file} is larger than 20 MB.`)
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '')
  } catch (error) {
    if (error instanceof PactFileError) throw error
    throw new PactFileError(`${file} cannot be written: ${(error as Error).message}`)
  }
}

function parse(text: string): unknown {
  try {
    return parseJsonText(text)
  } catch {
    return undefined
  }
}

function nameOf(participant: unknown): string {
  const { name } = Object(participant)
  return typeof name === 'string' ? shown(name) : 'nobody'
}

function shown(name: string): string {
  return name.slice(0, 200)
}
