/** A value of which only the shape is promised; the example is what a mock server sends. */
export interface Shape {
  shape: 'jwt' | 'json' | 'count' | 'list'
  example: string | number | readonly never[]
}

/** What a body holds: literal values, and shapes where only those are promised. */
export type Template = string | number | Shape | { readonly [key: string]: Template }

/** Anchored: nothing before or after. */
export const PATTERNS = {
  jwt: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$',
  json: '^(?i:application/json) *(;.*)?$',
} as const

export function isShape(template: unknown): template is Shape {
  return typeof template === 'object' && template !== null && 'shape' in template
}

/** A template with every shape as its example. */
export function exampleOf(template: Template): unknown {
  if (isShape(template)) return template.example
  if (typeof template !== 'object') return template
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, exampleOf(value)]))
}
