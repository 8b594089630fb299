/** One line of a report for people. */
export interface Line {
  mark: 'kept' | 'broken' | 'skipped'
  text: string
  /** Lines below it. */
  details: readonly string[]
}

/** `1 request`, `3 requests`. */
export function countOf(count: number, what = 'request'): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`
}
