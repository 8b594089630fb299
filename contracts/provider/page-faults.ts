/** What is wrong with a page: "List documents", ZapSign docs, shows its shape. */
export function pageFaults(body: Record<string, unknown>): string[] {
  const missing = ['count', 'next', 'previous', 'results'].filter(
    (name) => !Object.hasOwn(body, name),
  )
  if (missing.length > 0) return missing.map((name) => `the page has no ${name}`)
  const { count, results } = body
  return [
    ...(Number.isInteger(count) && Number(count) >= 0 ? [] : ['count is not a whole number']),
    ...['next', 'previous']
      .filter((name) => !isLink(body[name]))
      .map((name) => `${name} is neither null nor a URL`),
    ...(Array.isArray(results) ? [] : ['results is not a list']),
  ]
}

function isLink(value: unknown): boolean {
  if (value === null) return true
  return typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value)
}
