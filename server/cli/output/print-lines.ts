import type { Line } from '../../../contracts/internal.js'
import type { Printer } from './print.js'

const MARKS = {
  kept: ['green', '✓'],
  broken: ['red', '✗'],
  skipped: ['yellow', '-'],
} as const

/** Prints the result of each check. */
export function printLines(lines: readonly Line[], { print, paint }: Printer): void {
  for (const { mark, text, details } of lines) {
    const [colour, sign] = MARKS[mark]
    print(`${paint(colour, sign)} ${onOneLine(text)}`)
    for (const detail of details) print(`    ${onOneLine(detail)}`)
  }
}

/** Texts from outside must not control the terminal. */
function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '\ufffd')
}
