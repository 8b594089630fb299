/** A value whose shape is promised, and not the value. Mock servers send the example. */
export interface Shape {
  shape: 'jwt' | 'json' | 'count' | 'list'
  example: string | number | readonly never[]
}

/** A body, or a part of one: literal values and shapes. */
export type Template = string | number | Shape | { readonly [key: string]: Template }

/** Regular expressions for the whole value. White space before `;` is a space or a tab (RFC 9110, 5.6.3). */
export const PATTERNS = {
  jwt: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$',
  json: '^(?i:application/json)[ \\t]*(;.*)?$',
} as const

export function isShape(template: unknown): template is Shape {
  return typeof template === 'object' && template !== null && 'shape' in template
}

/** A template with the example of every shape. */
export function exampleOf(template: Template): unknown {
  if (isShape(template)) return template.example
  if (typeof template !== 'object') return template
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, exampleOf(value)]))
}
