import { readFileSync } from 'node:fs'
import { PactFileError } from '../errors.js'
import { isObject } from '../is-object.js'
import { promises } from '../promises.js'
import { type Pact, PROVIDER } from './pact.js'

/**
 * What a pact file holds besides the promises, if it is there and holds any. Throws a
 * {@link PactFileError} for a file that is no pact of this consumer with ZapSign, or of another
 * specification than 4: then it could not be kept.
 */
export function othersIn(file: string, consumer: string): Pact | undefined {
  const text = read(file)
  if (text === undefined) return undefined
  const pact = parse(text)
  const refuse = (why: string) => new PactFileError(`${file} is ${why}: move it away first`)
  if (!isObject(pact) || !Array.isArray(pact['interactions'])) throw refuse('no pact')
  const names = [Object(pact['consumer']).name, Object(pact['provider']).name]
  if (names[0] !== consumer || names[1] !== PROVIDER) throw refuse('a pact of others')
  const interactions = pact['interactions'].filter((one) => !isPromise(one))
  if (interactions.length === 0) return undefined
  const metadata = Object(pact['metadata'])
  const version = String(Object(metadata.pactSpecification).version)
  if (!/^4\b/.test(version))
    throw refuse(`a pact of specification ${version}, with interactions in it`)
  return { consumer: { name: consumer }, interactions, metadata, provider: { name: PROVIDER } }
}

/** Others first, in their order: the same from run to run. */
export function merge(others: Pact, ours: Pact): Pact {
  return {
    ...ours,
    interactions: [...others.interactions, ...ours.interactions],
    metadata: { ...others.metadata, ...ours.metadata },
  }
}

/** Whether an interaction is one of ours: in Pact it is known by its description and its states. */
function isPromise(interaction: unknown): boolean {
  const { description, providerStates } = Object(interaction)
  const states = Array.isArray(providerStates) ? providerStates.map((one) => Object(one).name) : []
  return Object.values(promises).some(
    (promise) =>
      promise.description === description &&
      states.length === 1 &&
      states[0] === promise.state.name,
  )
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new PactFileError(`${file} cannot be written: ${(error as Error).message}`)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
