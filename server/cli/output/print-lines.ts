import type { Line } from '../../../contracts/internal.js'
import type { Printer } from './print.js'

const MARKS = {
  kept: ['green', '✓'],
  broken: ['red', '✗'],
  skipped: ['yellow', '-'],
} as const

/** Prints what became of each thing that was checked. */
export function printLines(lines: readonly Line[], { print, paint }: Printer): void {
  for (const { mark, text, details } of lines) {
    const [colour, sign] = MARKS[mark]
    print(`${paint(colour, sign)} ${onOneLine(text)}`)
    for (const detail of details) print(`    ${onOneLine(detail)}`)
  }
}

/** What came from outside does not command the terminal. */
function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '\ufffd')
}
