import { LITERALS, type PromiseName, promises, type SpecifiedExchange } from './promises.js'
import { exampleOf, isShape, PATTERNS, type Shape, type Template } from './shapes.js'

type Schema = Readonly<Record<string, unknown>>

/** An operation, and the promises about it. */
interface Operation {
  operationId: string
  summary: string
  promises: readonly PromiseName[]
}

const OPERATIONS: readonly Operation[] = [
  {
    operationId: 'obtainToken',
    summary: 'Get an access and a refresh token',
    promises: ['authenticated', 'invalidCredentials', 'rateLimited'],
  },
  {
    operationId: 'refreshToken',
    summary: 'Get a new access token',
    promises: ['refreshed', 'refreshRefused'],
  },
  {
    operationId: 'listDocuments',
    summary: 'List documents, as an example of a protected call',
    promises: ['authorized', 'expired'],
  },
]

const SHAPES: Readonly<Record<Shape['shape'], Schema>> = {
  jwt: { type: 'string', pattern: PATTERNS.jwt, description: 'A JWT' },
  json: { type: 'string' },
  count: { type: 'integer' },
  list: { type: 'array', items: {} },
}

/** A second meaning of a status, which is inferred from the framework and not documented. */
interface Inferred {
  schema: Schema
  example: NamedExample
}

const REQUIRED = ['This field is required.']

const INFERRED: Readonly<Partial<Record<number, Inferred>>> = {
  400: {
    schema: {
      description:
        'Inferred, not documented: the faults of each field, as Django REST framework reports them',
      type: 'object',
      minProperties: 1,
      additionalProperties: { type: 'array', items: { type: 'string' } },
    },
    example: ['a login without credentials', { username: REQUIRED, password: REQUIRED }],
  },
}

/**
 * The specified exchanges as an OpenAPI 3.1 document, for mock servers and for generated clients. Replies
 * may gain properties, as ZapSign's versioning policy says.
 */
export const openapi = {
  openapi: '3.1.0',
  info: {
    title: 'ZapSign JWT authentication',
    version: 'v1',
    description:
      "ZapSign's token endpoint as ZapSign documents it, written from the promises of zapsign-mock. Not published by ZapSign.",
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [
    { url: 'https://api.zapsign.com.br', description: 'production' },
    { url: 'https://sandbox.api.zapsign.com.br', description: 'sandbox' },
    { url: 'https://br.api.zapsign.com.br', description: 'Brazil' },
  ],
  paths: Object.fromEntries(OPERATIONS.map(toPath)),
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
  },
} as const

function toPath(operation: Operation) {
  const exchanges: SpecifiedExchange[] = operation.promises.map((name) => promises[name])
  const [first] = exchanges
  if (!first) throw new Error(`${operation.operationId} has no promise`)
  const { method, query, body } = first.request
  const path = first.request.path.replace(LITERALS.organizationId, '{organization_id}')
  const parameters = [...pathParameters(path), ...queryParameters(query ?? {})]
  const isProtected = 'Authorization' in first.request.headers
  return [
    path,
    {
      [method.toLowerCase()]: {
        operationId: operation.operationId,
        summary: operation.summary,
        description: first.documentation.replace(/: \d.*$/, ''),
        ...(parameters.length > 0 && { parameters }),
        ...(isProtected ? { security: [{ bearer: [] }] } : { security: [] }),
        ...(body && {
          requestBody: {
            required: true,
            content: toContent(body, exchanges.map(exampleOfRequest)),
          },
        }),
        responses: Object.assign({}, ...exchanges.map(toResponses)),
      },
    },
  ] as const
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    description: 'Settings > Integrations > API Token > Organization ID',
    schema: { type: 'string' },
    example: LITERALS.organizationId,
  }))
}

function queryParameters(query: Readonly<Record<string, string>>): object[] {
  return Object.entries(query).map(([name, example]) => ({
    name,
    in: 'query',
    schema: { type: 'integer', minimum: 1 },
    example: Number(example),
  }))
}

type NamedExample = readonly [name: string, value: unknown]

function exampleOfRequest({ description, request }: SpecifiedExchange): NamedExample {
  return [description, request.body]
}

function toResponses({ description, reply, documentation }: SpecifiedExchange): object {
  const response = {
    description: `${description} (${documentation})`,
    ...(reply.body && {
      content: toContent(
        reply.body,
        [[description, exampleOf(reply.body)]],
        INFERRED[reply.status],
      ),
    }),
  }
  const statuses = [reply.status, ...(reply.alsoStatus ?? [])]
  return Object.fromEntries(statuses.map((status) => [String(status), response]))
}

function toContent(
  template: Readonly<Record<string, Template>>,
  examples: readonly NamedExample[],
  inferred?: Inferred,
): object {
  // Mock servers answer an invalid request with the first example.
  const all = inferred ? [inferred.example, ...examples] : examples
  const named = all.map(([name, value]) => [toKey(name), { summary: name, value }])
  const documented = toSchema(template)
  const schema = inferred ? { anyOf: [documented, inferred.schema] } : documented
  return { 'application/json': { schema, examples: Object.fromEntries(named) } }
}

/** A name as a key that OpenAPI allows. */
function toKey(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, '-')
}

function toSchema(template: Template): Schema {
  if (isShape(template)) return SHAPES[template.shape]
  if (typeof template !== 'object') return { type: typeof template }
  return {
    type: 'object',
    required: Object.keys(template),
    properties: Object.fromEntries(
      Object.entries(template).map(([name, value]) => [name, toSchema(value)]),
    ),
  }
}
