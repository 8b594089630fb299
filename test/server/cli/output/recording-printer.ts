import type { Printer } from '../../../../server/cli/output/print.js'

/** A printer that keeps its lines, without styles. */
export function recordingPrinter(): Printer & { lines: string[] } {
  const lines: string[] = []
  return {
    lines,
    print(...parts) {
      lines.push(parts.map((part) => (typeof part === 'string' ? part : part.text)).join(''))
    },
  }
}
