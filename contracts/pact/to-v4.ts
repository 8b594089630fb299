import { isObject } from '../is-object.js'

type Json = Readonly<Record<string, unknown>>

/**
 * An interaction of specification 1, 2 or 3 as specification 4 writes it. Pact's verifier does the same
 * when it reads one.
 */
export function toV4(interaction: Json): Json {
  const { provider_state, providerState = provider_state, ...rest } = interaction
  const states = rest['providerStates'] ?? (providerState ? [{ name: providerState }] : [])
  return {
    ...rest,
    pending: false,
    providerStates: states,
    request: toV4Part(rest['request']),
    response: toV4Part(rest['response']),
    type: 'Synchronous/HTTP',
  }
}

/** A request or a response. */
function toV4Part(part: unknown): Json {
  const { body, headers, query, matchingRules, ...rest } = isObject(part) ? part : {}
  return {
    ...rest,
    ...(body !== undefined && { body: toV4Body(body, headers) }),
    ...(isObject(headers) && { headers: toLists(headers) }),
    ...(query !== undefined && { query: toV4Query(query) }),
    ...(isObject(matchingRules) && { matchingRules: toV4Rules(matchingRules) }),
  }
}

function toV4Body(content: unknown, headers: unknown): Json {
  if (content === '') return { content: '' }
  const own = Object.entries(Object(headers)).find(
    ([name]) => name.toLowerCase() === 'content-type',
  )
  const fallback = typeof content === 'string' ? 'text/plain' : 'application/json'
  return { content, contentType: own ? String([own[1]].flat()[0]) : fallback, encoded: false }
}

function toLists(values: Json): Json {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value].flat()]))
}

/** A string in specifications 1 and 2, lists by name in 3. */
function toV4Query(query: unknown): Json {
  if (isObject(query)) return toLists(query)
  const parameters = new URLSearchParams(String(query))
  return Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name)]))
}

const CATEGORIES: Readonly<Record<string, string>> = {
  body: 'body',
  header: 'header',
  headers: 'header',
  path: 'path',
  query: 'query',
}

/** One flat table of paths in specification 2, one table for each category from 3 on. */
function toV4Rules(rules: Json): Json {
  const old = Object.entries(rules).filter(([path]) => path.startsWith('$'))
  if (old.length === 0) return rules
  const tables: Record<string, Record<string, unknown>> = {}
  let forPath: unknown
  for (const [path, rule] of old) {
    const [, name = '', below = ''] = /^\$\.(\w+)(.*)$/s.exec(path) ?? []
    const category = CATEGORIES[name]
    const matchers = { combine: 'AND', matchers: [toMatcher(rule)] }
    if (category === 'path') forPath = matchers
    else if (category)
      (tables[category] ??= {})[category === 'body' ? `$${below}` : nameIn(below)] = matchers
  }
  return { ...tables, ...(forPath !== undefined && { path: forPath }) }
}

/** `X-Id` of `.X-Id`, of `['X-Id']`, and of `.X-Id[0]`. */
function nameIn(path: string): string {
  return path
    .replace(/\[\d+\]$/, '')
    .replace(/^\['(.*)'\]$/s, '$1')
    .replace(/^\./, '')
}

/** Specification 2 leaves out the kind where the rest shows it. */
function toMatcher(rule: unknown): unknown {
  if (!isObject(rule) || rule['match'] !== undefined) return rule
  return { match: rule['regex'] === undefined ? 'type' : 'regex', ...rule }
}
