import { readFileSync } from 'node:fs'
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

/** Reads a pact file. Throws a {@link PactFileError} of one line that names the file and the fault. */
export function readPactFile(file: string): Interaction[] {
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
    return interactionsOf(JSON.parse(text), file)
  } catch (error) {
    // What JSON.parse says may quote the file.
    if (error instanceof SyntaxError)
      throw new PactFileError(`${file} is no pact: it is no valid JSON`)
    throw error
  }
}

/** The interactions of a pact, of any specification from 1 to 4. Throws a {@link PactFileError}. */
export function interactionsOf(pact: unknown, source: string): Interaction[] {
  const refuse = (fault: string): never => {
    throw new PactFileError(`${source} is no pact: ${fault}`)
  }
  if (!isObject(pact)) return refuse('it is no object')
  const { consumer, interactions, messages, metadata } = pact
  if (!isObject(consumer) || typeof consumer['name'] !== 'string')
    return refuse('it names no consumer')
  if (!Array.isArray(interactions)) {
    return refuse(messages ? 'it is about messages, not about HTTP' : 'it has no interactions')
  }
  const name = consumer['name']
  return interactions.map((content, index) => {
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
}

/** `providerState` up to specification 2, `providerStates` from 3 on. */
function statesOf({ providerState, providerStates }: Record<string, unknown>): State[] {
  if (typeof providerState === 'string') return [{ name: providerState, parameters: {} }]
  if (!Array.isArray(providerStates)) return []
  return providerStates.filter(isObject).map(({ name, params }) => ({
    name: String(name),
    parameters: isObject(params) ? params : {},
  }))
}

function specificationOf(metadata: unknown): string {
  const { pactSpecification, pactSpecificationVersion } = isObject(metadata) ? metadata : {}
  const version = isObject(pactSpecification)
    ? pactSpecification['version']
    : pactSpecificationVersion
  return typeof version === 'string' ? version : '2.0.0'
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
