import { STATUS_CODES } from 'node:http'
import { type ConversionConfig, toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { problemReply, REPLIES } from './replies.js'
import type { Route } from './route.js'
import { ROUTES } from './routes/index.js'

// The OpenAPI document, made of the schemas that validate. A test writes it to openapi.json; nothing
// loads this at run time.

interface OperationObject {
  operationId: string
  summary: string
  responses: Readonly<Record<string, object>>
}

interface Document {
  openapi: string
  paths: Record<string, Record<string, OperationObject>>
  [key: string]: unknown
}

interface Operation {
  summary: string
  /** The status of a success. @default 200 */
  status?: number
  /** Error responses besides those that every operation of this kind has. */
  also?: readonly number[]
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  getHealth: { summary: 'Whether the mock can answer. Needs no token', also: [503] },
  getState: { summary: 'Clock, users, login limit, pending outcomes and counts' },
  getConfig: { summary: 'The configuration in force, secrets withheld' },
  reset: {
    summary: 'Clear requests, login limit, outcomes and time; restore the initial users',
    status: 204,
  },
  getDocument: { summary: 'This document' },
  getTime: { summary: 'The time, and whether the clock is stopped' },
  setTime: { summary: 'Set the clock' },
  resetTime: { summary: 'Forget every advance and set', status: 204 },
  advanceTime: { summary: 'Move the clock forward' },
  listOutcomes: { summary: 'The pending outcomes, in the order in which they are used' },
  forceOutcome: { summary: 'Force an outcome on the next requests', status: 201 },
  clearOutcomes: { summary: 'Delete all pending outcomes', status: 204 },
  deleteOutcome: { summary: 'Delete one pending outcome', status: 204, also: [404] },
  listRequests: { summary: 'The requests that the mock answered, oldest first' },
  countRequests: { summary: 'The number of requests that match' },
  getRequest: { summary: 'One request with its headers and body, secrets withheld', also: [404] },
  clearRequests: { summary: 'Forget all requests', status: 204 },
  streamEvents: {
    summary:
      'Server-sent events: each request as it happens. Last-Event-ID resumes as far as the journal reaches',
    also: [503],
  },
  issueTokens: { summary: 'Issue a token pair without a login', status: 201, also: [404] },
  inspectToken: { summary: 'What a token says, and what the provider would answer to it now' },
  getLoginLimit: { summary: 'The rule of the login limit, and who is locked until when' },
  unlock: {
    summary: 'Forget the logins that count for a user in an organization',
    status: 204,
    also: [404],
  },
  listUsers: { summary: 'The users, without passwords' },
  addUser: { summary: 'Add a user', status: 201, also: [409] },
  updateUser: { summary: 'Change a user', also: [404, 409] },
  removeUser: { summary: 'Remove a user', status: 204, also: [404] },
}

/** The control API as an OpenAPI 3.1 document. */
export function createDocument(): Document {
  const paths: Document['paths'] = {}
  for (const route of ROUTES) {
    const path = `/__zapsign/${route.path}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: toOperation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'The control API of zapsign-mock',
      version: 'v1',
      description: 'Controls a running zapsign-mock. It is not a part of ZapSign.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://127.0.0.1:9277' }],
    security: [{}, { controlToken: [] }],
    paths,
    components: {
      securitySchemes: {
        controlToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'Needed when the mock was started with --control-token',
        },
      },
      schemas: { Problem: convert(problemReply) },
    },
  }
}

function toOperation({ id, method, path, isPublic, query, body }: Route) {
  const { summary, status = 200, also = [] } = OPERATIONS[id] ?? { summary: '' }
  const parameters = [...pathParameters(path), ...(query ? queryParameters(query) : [])]
  const takesBody = !['GET', 'DELETE'].includes(method)
  const errors = [400, ...(isPublic ? [] : [401]), 403, ...(takesBody ? [413, 415] : []), ...also]
  return {
    operationId: id,
    summary,
    ...(isPublic && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(takesBody && { requestBody: toRequestBody(body) }),
    responses: {
      [status]: toSuccess(id, status),
      ...Object.fromEntries(errors.map((code) => [code, toError(id, code)])),
    },
  }
}

function toRequestBody(body: v.GenericSchema | undefined) {
  const schema = body ? convert(body) : { type: 'object', additionalProperties: false }
  const required = 'required' in schema && Boolean(schema.required?.length)
  return { required, content: { 'application/json': { schema } } }
}

function toSuccess(id: string, status: number) {
  const description = STATUS_CODES[status] ?? ''
  if (id === 'streamEvents')
    return { description, content: { 'text/event-stream': { schema: { type: 'string' } } } }
  const reply = REPLIES[id]
  if (!reply) return { description }
  return { description, content: { 'application/json': { schema: convert(reply) } } }
}

function toError(id: string, status: number) {
  const description = STATUS_CODES[status] ?? ''
  if (id === 'getHealth' && status === 503) return { ...toSuccess(id, status), description }
  const schema = { $ref: '#/components/schemas/Problem' }
  return { description, content: { 'application/problem+json': { schema } } }
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters(query: v.GenericSchema) {
  const { properties = {} } = convert(query)
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }))
}

const DURATION = '^-?\\d+(\\.\\d+)?(ms|s|m|h|d)$'

const CONFIG: ConversionConfig = {
  typeMode: 'input',
  errorMode: 'ignore',
  overrideSchema({ valibotSchema, jsonSchema }) {
    const description = messageOf(valibotSchema)
    // The schemas of the core that are of this type are durations.
    const own =
      valibotSchema.type === 'custom' ? { type: 'string' as const, pattern: DURATION } : {}
    return { ...jsonSchema, ...own, ...(description && { description }) }
  },
}

/** The messages of the schemas say what is accepted. */
function messageOf(schema: v.GenericSchema): string | undefined {
  const { message } = schema as { message?: unknown }
  const text = typeof message === 'function' ? message({ input: undefined }) : message
  // The document says these in its own way.
  const isSaid = /^(an object with the keys|one of) /.test(String(text))
  return typeof text === 'string' && !isSaid ? text : undefined
}

function convert(schema: v.GenericSchema) {
  const { $schema, ...json } = toJsonSchema(withoutLazy(schema) as v.GenericSchema, CONFIG)
  return json
}

/** A schema of `objectOf` chooses by its input whether it is about an object at all. */
function withoutLazy(schema: v.GenericSchema): unknown {
  return 'getter' in schema && typeof schema.getter === 'function' ? schema.getter({}) : schema
}
