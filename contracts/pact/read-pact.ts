import { readFileSync, statSync } from 'node:fs'
import { PactFileError } from '../errors.js'
import { isObject } from '../is-object.js'
import { parseJsonText } from './json-text.js'

/** One exchange of a pact: what its verification needs. */
export interface Interaction {
  /** The file or the URL of the pact. */
  source: string
  consumer: string
  description: string
  states: readonly State[]
  /** Whether it is about HTTP, and not about a message. */
  isHttp: boolean
  /** Whether its faults fail no run. */
  isPending: boolean
  /** The interaction as the pact has it. */
  content: Readonly<Record<string, unknown>>
  /** The metadata of the pact, which tells Pact how to read the interaction. */
  metadata: unknown
}

/** A provider state that an interaction needs. */
export interface State {
  name: string
  parameters: Readonly<Record<string, unknown>>
}

/** A pact: what its verification needs. */
export interface PactContent {
  source: string
  /** The name of its provider. */
  provider: string
  interactions: Interaction[]
}

/** Bytes of a pact file at most. */
const FILE_LIMIT = 20_000_000

/** Reads a pact file. Throws a {@link PactFileError} of one line that names the file and the fault. */
export function readPactFile(file: string): PactContent {
  return readPact(parse(readText(file), file), file)
}

function readText(file: string): string {
  try {
    // Reading a pipe or a device could go on for ever.
    const stats = statSync(file)
    if (!stats.isFile()) throw new PactFileError(`${file} cannot be read: it is not a file`)
    if (stats.size > FILE_LIMIT)
      throw new PactFileError(`${file} cannot be read: it is larger than ${FILE_LIMIT / 1e6} MB`)
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof PactFileError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : message
    throw new PactFileError(`${file} cannot be read: ${reason}`)
  }
}

function parse(text: string, file: string): unknown {
  try {
    return parseJsonText(text.replace(/^\ufeff/, ''))
  } catch (error) {
    // The message of a SyntaxError may quote the file. A RangeError comes from too many levels.
    const fault = error instanceof RangeError ? 'it is nested too deeply' : 'it is not valid JSON'
    throw new PactFileError(`${file} is not a pact: ${fault}`)
  }
}

/** Reads a pact of any specification from 1 to 4. Throws a {@link PactFileError}. */
export function readPact(pact: unknown, source: string): PactContent {
  const refuse = (fault: string): never => {
    throw new PactFileError(`${source} is not a pact: ${fault}`)
  }
  if (!isObject(pact)) return refuse('it is not an object')
  const { consumer, provider, interactions, messages, metadata } = pact
  if (!isObject(consumer) || typeof consumer['name'] !== 'string')
    return refuse('it names no consumer')
  if (!isObject(provider) || typeof provider['name'] !== 'string')
    return refuse('it names no provider')
  if (!Array.isArray(interactions))
    return refuse(messages ? 'it is about messages, not about HTTP' : 'it has no interactions')
  const of = { source, consumer: consumer['name'], metadata }
  return {
    source,
    provider: provider['name'],
    interactions: interactions.map((content, index) => {
      const read = readInteraction(content, of)
      return typeof read === 'string' ? refuse(`interaction ${index + 1} ${read}`) : read
    }),
  }
}

/** An interaction, or what is wrong with it: "has no description". */
function readInteraction(
  content: unknown,
  of: Pick<Interaction, 'source' | 'consumer' | 'metadata'>,
): Interaction | string {
  if (!isObject(content)) return 'is not an object'
  const { description, type = HTTP, pending } = content
  if (typeof description !== 'string') return 'has no description'
  const isHttp = type === HTTP
  const fault = isHttp && faultOf(content)
  if (fault) return fault
  const states = statesOf(content)
  return { ...of, description, states, isHttp, isPending: pending === true, content }
}

/** The `type` of an interaction over HTTP, from specification 4 on. */
const HTTP = 'Synchronous/HTTP'

/** A part of an interaction that Pact would ignore or misread. */
function faultOf({ request, response }: Record<string, unknown>): string | undefined {
  if (!isObject(request) || !isObject(response)) return 'has no HTTP request and response'
  const { method, path } = request
  const { status = 200 } = response
  if (typeof method !== 'string' || !/^[A-Za-z-]+$/.test(method)) return 'has an invalid method'
  if (typeof path !== 'string' || !path.startsWith('/')) return 'has an invalid path'
  if (!Number.isInteger(status) || Number(status) < 100 || Number(status) > 599)
    return 'has an invalid status'
  const headers = [request['headers'], response['headers']]
  return headers.every(areHeaders) ? undefined : 'has invalid headers'
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
