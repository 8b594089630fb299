import { type PromiseName, promises, type SpecifiedExchange } from '../promises.js'
import { exampleOf, isShape, PATTERNS, type Shape, type Template } from '../shapes.js'
import { toJsonText } from './json-text.js'
import { type Pact, PROVIDER } from './pact.js'

type Rules = Record<string, { combine: 'AND'; matchers: object[] }>

/**
 * A pact (specification 4) of a consumer with ZapSign. The same names give the same bytes: it has no
 * random ids, no time and no versions of tools.
 */
export function toPact(consumer: string, names: readonly PromiseName[]): Pact {
  return {
    consumer: { name: consumer },
    interactions: names.map((name) => toInteraction(promises[name])),
    metadata: { pactSpecification: { version: '4.0' } },
    provider: { name: PROVIDER },
  }
}

/** A pact as the text of its file. */
export function writePact(consumer: string, names: readonly PromiseName[]): string {
  return toJsonText(toPact(consumer, names))
}

function toInteraction({ description, state, request, reply }: SpecifiedExchange): object {
  return {
    description,
    pending: false,
    providerStates: [{ name: state.name, params: state.parameters }],
    request: {
      ...(request.body && { body: toBody(request.body) }),
      generators: generatorsOf(request, state.parameters),
      headers: toHeaders(request.headers),
      ...withRules({ header: headerRules(request.headers) }),
      method: request.method,
      path: request.path,
      ...(request.query && { query: toLists(request.query) }),
    },
    response: {
      ...(reply.body && { body: toBody(reply.body) }),
      ...(Object.keys(reply.headers).length > 0 && { headers: toHeaders(reply.headers) }),
      ...withRules({
        body: reply.body ? bodyRules(reply.body, '$') : {},
        header: headerRules(reply.headers),
        status: statusRules(reply),
      }),
      status: reply.status,
    },
    type: 'Synchronous/HTTP',
  }
}

/**
 * Makes verifiers replace the literals, which mean nothing to a real provider, by what a provider state
 * returns: `organizationId`, `refreshToken`, …
 */
function generatorsOf(
  { path, headers, body = {} }: SpecifiedExchange['request'],
  parameters: Readonly<Record<string, string>>,
): object {
  const generate = (text: Template): object | undefined => {
    if (typeof text !== 'string') return undefined
    const expression = Object.entries(parameters).reduce(
      (rest, [name, literal]) => rest.replace(literal, `\${${name}}`),
      text,
    )
    return expression === text
      ? undefined
      : { dataType: 'STRING', expression, type: 'ProviderState' }
  }
  const generateAll = (values: Readonly<Record<string, Template>>, prefix = '') =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => {
        const generator = generate(value)
        return generator ? [[prefix + name, generator]] : []
      }),
    )
  const all = { body: generateAll(body, '$.'), header: generateAll(headers), path: generate(path) }
  return Object.fromEntries(
    Object.entries(all).filter(([, some]) => some && Object.keys(some).length > 0),
  )
}

function toBody(template: Readonly<Record<string, Template>>): object {
  return { content: exampleOf(template), contentType: 'application/json', encoded: false }
}

function toHeaders(headers: Readonly<Record<string, Template>>): object {
  return toLists(exampleOf(headers) as Record<string, string>)
}

function toLists(values: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]))
}

function withRules(rules: Record<string, Rules | Rules[string]>): object {
  const some = Object.entries(rules).filter(([, rule]) => Object.keys(rule).length > 0)
  return some.length > 0 ? { matchingRules: Object.fromEntries(some) } : {}
}

function headerRules(headers: Readonly<Record<string, Template>>): Rules {
  const shaped = Object.entries(headers).filter((entry): entry is [string, Shape] =>
    isShape(entry[1]),
  )
  return Object.fromEntries(shaped.map(([name, shape]) => [name, ruleFor(shape)]))
}

function bodyRules(template: Template, path: string): Rules {
  if (isShape(template)) return { [path]: ruleFor(template) }
  if (typeof template !== 'object') return {}
  const rules = Object.entries(template).map(([key, value]) => bodyRules(value, `${path}.${key}`))
  return Object.assign({}, ...rules)
}

function ruleFor({ shape }: Shape): Rules[string] {
  return { combine: 'AND', matchers: [MATCHERS[shape]] }
}

const MATCHERS: Readonly<Record<Shape['shape'], object>> = {
  jwt: { match: 'regex', regex: PATTERNS.jwt },
  json: { match: 'regex', regex: PATTERNS.json },
  count: { match: 'integer' },
  list: { match: 'type' },
}

function statusRules({ status, alsoStatus }: SpecifiedExchange['reply']): Rules {
  if (!alsoStatus) return {}
  const matcher = { match: 'statusCode', status: [status, ...alsoStatus] }
  return { '': { combine: 'AND', matchers: [matcher] } }
}
