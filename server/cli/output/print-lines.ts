import type { Line } from '../../../contracts/internal.js'
import type { Printer } from './print.js'

const MARKS = {
  kept: { style: 'green', text: '✓' },
  broken: { style: 'red', text: '✗' },
  skipped: { style: 'yellow', text: '-' },
} as const

/** Prints the result of each check. */
export function printLines(lines: readonly Line[], { print }: Printer): void {
  for (const { mark, text, details } of lines) {
    print(MARKS[mark], ' ', onOneLine(text))
    for (const detail of details) print('    ', onOneLine(detail))
  }
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}
