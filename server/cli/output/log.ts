import type { JournalEntry } from '../../../src/index.js'
import { printableJson } from '../../../src/internal.js'
import type { LogStyle } from '../configuration/options.js'
import type { Printer } from './print.js'

/** How serious a request is, by the status of its reply. */
type Level = 'info' | 'warn' | 'error'

const STYLES = { info: 'green', warn: 'yellow', error: 'red' } as const satisfies Record<
  Level,
  string
>

/** Logs journal entries in a style, one line for each. */
export function createLog(style: LogStyle, printer: Printer): (entry: JournalEntry) => void {
  if (style === 'silent') return () => {}
  if (style === 'json') {
    return (entry) => printer.print(printableJson({ level: levelOf(entry), ...entry }))
  }
  return (entry) => printPretty(entry, printer)
}

/** The default style of a stream: JSON lines unless it is a terminal. */
export function defaultStyle({ isTTY }: Pick<NodeJS.WriteStream, 'isTTY'>): LogStyle {
  return isTTY ? 'pretty' : 'json'
}

function printPretty(entry: JournalEntry, { print }: Printer): void {
  const { time, method, path, status, outcome, source, username, reason, duration, hint } = entry
  const who = [username, reason].filter((text) => text !== undefined).map((text) => `${text} `)
  print(
    { style: 'dim', text: time.slice(11, 23) },
    ` ${method} ${path} `,
    { style: STYLES[levelOf(entry)], text: String(status) },
    ` ${outcome} (${source}) ${who.join('')}${duration.toFixed(1)} ms`,
    ...(hint ? [{ style: 'cyan', text: ` hint: ${hint}` } as const] : []),
  )
}

/** A status of 0 means that no reply was sent. */
function levelOf({ status }: JournalEntry): Level {
  if (status === 0 || status >= 500) return 'error'
  return status >= 400 ? 'warn' : 'info'
}
