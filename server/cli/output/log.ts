import type { JournalEntry } from '../../../src/index.js'
import { printableJson } from '../../../src/internal.js'
import type { LogStyle } from '../configuration/options.js'
import type { Printer } from './print.js'

/** Logs journal entries in a style. */
export function createLog(style: LogStyle, printer: Printer): (entry: JournalEntry) => void {
  if (style === 'silent') return () => {}
  if (style === 'json') return (entry) => printer.print(printableJson(entry))
  return (entry) => printPretty(entry, printer)
}

function printPretty(entry: JournalEntry, { print }: Printer): void {
  const { time, method, path, status, outcome, source, username, reason, duration, hint } = entry
  const style = status >= 500 || status === 0 ? 'red' : status >= 400 ? 'yellow' : 'green'
  const who = [username, reason].filter((text) => text !== undefined).map((text) => `${text} `)
  print(
    { style: 'dim', text: time.slice(11, 23) },
    ` ${method} ${path} `,
    { style, text: String(status) },
    ` ${outcome} (${source}) ${who.join('')}${duration.toFixed(1)} ms`,
  )
  if (hint) print({ style: 'cyan', text: `  hint: ${hint}` })
}
