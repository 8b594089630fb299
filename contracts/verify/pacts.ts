import { readFileSync } from 'node:fs'
import { isObject } from '../is-object.js'
import { PactFileError } from '../pact-file.js'

/** One exchange of a pact, as far as verifying needs to know it. */
export interface Interaction {
  /** The file, or where else the pact came from. */
  source: string
  consumer: string
  description: string
  states: readonly State[]
  /** The interaction as the pact has it. */
  content: Readonly<Record<string, unknown>>
  /** The pact's specification, such as `4.0`. */
  specification: string
}

/** What a pact says must be the case at the provider. */
export interface State {
  name: string
  parameters: Readonly<Record<string, unknown>>
}

/** A pact, as far as verifying needs to know it. */
export interface PactContent {
  source: string
  /** The provider that it is with. */
  provider: string
  interactions: Interaction[]
}

/** Reads a pact file. Throws a {@link PactFileError} of one line that names the file and the fault. */
export function readPactFile(file: string): PactContent {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new PactFileError(
      `${file} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : message}`,
    )
  }
  try {
    return readPact(JSON.parse(text.replace(/^\ufeff/, '')), file)
  } catch (error) {
    // What JSON.parse says may quote the file.
    if (error instanceof SyntaxError)
      throw new PactFileError(`${file} is no pact: it is no valid JSON`)
    throw error
  }
}

/** Reads a pact of any specification from 1 to 4. Throws a {@link PactFileError}. */
export function readPact(pact: unknown, source: string): PactContent {
  const refuse = (fault: string): never => {
    throw new PactFileError(`${source} is no pact: ${fault}`)
  }
  if (!isObject(pact)) return refuse('it is no object')
  const { consumer, provider, interactions, messages, metadata } = pact
  if (!isObject(consumer) || typeof consumer['name'] !== 'string')
    return refuse('it names no consumer')
  if (!isObject(provider) || typeof provider['name'] !== 'string')
    return refuse('it names no provider')
  if (!Array.isArray(interactions)) {
    return refuse(messages ? 'it is about messages, not about HTTP' : 'it has no interactions')
  }
  const name = consumer['name']
  const read = interactions.map((content, index) => {
    const place = `interaction ${index + 1}`
    if (!isObject(content)) return refuse(`${place} is no object`)
    if (typeof content['description'] !== 'string') return refuse(`${place} has no description`)
    if (!isObject(content['request']) || !isObject(content['response'])) {
      return refuse(`${place} has no request and response over HTTP`)
    }
    const description = content['description']
    return {
      source,
      consumer: name,
      description,
      states: statesOf(content),
      content,
      specification: specificationOf(metadata),
    }
  })
  return { source, provider: provider['name'], interactions: read }
}

/** `provider_state` in specification 1, `providerState` in 2, `providerStates` from 3 on. */
function statesOf({
  provider_state,
  providerState = provider_state,
  providerStates = providerState,
}: Record<string, unknown>): State[] {
  const states = Array.isArray(providerStates) ? providerStates : [providerStates ?? []].flat()
  return states.map((state) => {
    if (!isObject(state)) return { name: String(state), parameters: {} }
    const { name, params } = state
    return { name: String(name), parameters: isObject(params) ? params : {} }
  })
}

function specificationOf(metadata: unknown): string {
  const { pactSpecification, pactSpecificationVersion } = isObject(metadata) ? metadata : {}
  const version = isObject(pactSpecification)
    ? pactSpecification['version']
    : pactSpecificationVersion
  return typeof version === 'string' ? version : '2.0.0'
}
