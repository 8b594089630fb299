import { readFileSync } from 'node:fs'
import { PactFileError } from '../errors.js'
import { isObject } from '../is-object.js'

/** One exchange of a pact, as far as verifying needs to know it. */
export interface Interaction {
  /** The file, or where else the pact came from. */
  source: string
  consumer: string
  description: string
  states: readonly State[]
  /** Whether it is about HTTP, and not about a message. */
  isHttp: boolean
  /** The interaction as the pact has it. */
  content: Readonly<Record<string, unknown>>
  /** What the pact says of itself: from this, Pact knows how to read the interaction. */
  metadata: unknown
}

/** What a pact says must be the case at the provider. */
interface State {
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
    const { description, type = HTTP } = content
    if (typeof description !== 'string') return refuse(`${place} has no description`)
    const isHttp = type === HTTP
    const fault = isHttp && faultOf(content)
    if (fault) return refuse(`${place} has ${fault}`)
    return {
      source,
      consumer: name,
      description,
      states: statesOf(content),
      isHttp,
      content,
      metadata,
    }
  })
  return { source, provider: provider['name'], interactions: read }
}

/** The `type` of an interaction over HTTP, from specification 4 on. */
const HTTP = 'Synchronous/HTTP'

/** What an interaction has that Pact would read as something else, or not at all. */
function faultOf({ request, response }: Record<string, unknown>): string | undefined {
  if (!isObject(request) || !isObject(response)) return 'no request and response over HTTP'
  const { method, path } = request
  const { status = 200 } = response
  if (typeof method !== 'string' || !/^[A-Za-z-]+$/.test(method)) return 'a method that is none'
  if (typeof path !== 'string' || !path.startsWith('/')) return 'a path that is none'
  if (!Number.isInteger(status) || Number(status) < 100 || Number(status) > 599)
    return 'a status that is none'
  const headers = [request['headers'], response['headers']]
  return headers.every(areHeaders) ? undefined : 'headers that are none'
}

function areHeaders(headers: unknown): boolean {
  const isText = (value: unknown) => typeof value === 'string'
  return (
    (headers ?? undefined) === undefined ||
    (isObject(headers) && Object.values(headers).flat().every(isText))
  )
}

/** `provider_state` in specification 1, `providerState` in 2, `providerStates` from 3 on. */
function statesOf({
  provider_state,
  providerState = provider_state,
  providerStates = providerState,
}: Record<string, unknown>): State[] {
  const states = Array.isArray(providerStates) ? providerStates : [providerStates ?? []].flat()
  return states
    .map((state) => {
      if (!isObject(state)) return { name: String(state), parameters: {} }
      const { name, params } = state
      return { name: String(name), parameters: isObject(params) ? params : {} }
    })
    .filter(({ name }) => name !== '')
}
