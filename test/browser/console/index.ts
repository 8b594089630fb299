import { ACCESSIBILITY } from './accessibility.js'
import type { Check } from './check.js'
import { FOREIGN_PAGES } from './foreign-pages.js'
import { STEERING } from './steering.js'
import { STREAM } from './stream.js'

/** What the console page does in a browser. */
export const CONSOLE_CHECKS: readonly Check[] = [
  ...STEERING,
  ...STREAM,
  ...ACCESSIBILITY,
  ...FOREIGN_PAGES,
]
