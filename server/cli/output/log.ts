import type { JournalEntry } from '../../../src/index.js'
import type { LogStyle } from '../configuration/options.js'
import type { Printer } from './print.js'

/** Logs journal entries in a style. */
export function createLog(
  style: LogStyle,
  { print, paint }: Printer,
): (entry: JournalEntry) => void {
  if (style === 'silent') return () => {}
  if (style === 'json') return (entry) => print(JSON.stringify(entry))
  return (entry) => {
    const { time, method, path, status, outcome, basis, username, duration, nearMiss } = entry
    const colour = status >= 500 || status === 0 ? 'red' : status >= 400 ? 'yellow' : 'green'
    const what = [
      paint(colour, String(status)),
      `${outcome} (${basis})`,
      username && visible(username),
      `${duration.toFixed(1)} ms`,
    ]
    print(
      `${paint('dim', time.slice(11, 23))} ${method} ${visible(path)} ${what.filter(Boolean).join(' ')}`,
    )
    if (nearMiss) print(paint('cyan', `  hint: ${nearMiss}`))
  }
}

/** Control characters from a client must not control the terminal. */
function visible(text: string): string {
  return text.replace(/[\0-\x1f\x7f-\x9f]/g, '�')
}
