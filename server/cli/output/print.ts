import { styleText } from 'node:util'
import { printable } from '../../../src/internal.js'

type Style = Parameters<typeof styleText>[0]

/** A text with a style such as `bold`. */
interface Styled {
  style: Style
  text: string
}

/** Prints lines to one stream. */
export interface Printer {
  /** Prints the parts as one line. Every text may come from outside: it is made printable here. */
  print(...parts: readonly (string | Styled)[]): void
}

interface PrinterOptions {
  /** Characters that may wait for a slow reader. Further lines are dropped and counted. @default no limit */
  mostWaiting?: number
}

/** A printer for a stream. It uses styles only on a terminal, and not when `NO_COLOR` is set. */
export function createPrinter(
  stream: NodeJS.WriteStream,
  { mostWaiting = Number.POSITIVE_INFINITY }: PrinterOptions = {},
): Printer {
  const isStyled = stream.isTTY === true && !process.env['NO_COLOR']
  let dropped = 0

  function toText(part: string | Styled): string {
    if (typeof part === 'string') return printable(part)
    const text = printable(part.text)
    // Newer versions of Node would look at stdout, whatever the stream is.
    return isStyled ? styleText(part.style, text, { validateStream: false }) : text
  }

  return {
    print(...parts) {
      if (stream.writableLength > mostWaiting) {
        dropped += 1
        return
      }
      if (dropped > 0)
        stream.write(`zapsign-mock: dropped ${dropped} log lines that were not read\n`)
      dropped = 0
      stream.write(`${parts.map(toText).join('')}\n`)
    },
  }
}

/** Characters of the log that may wait for a slow reader. */
const MOST_LOG_WAITING = 1024 * 1024

/** A printer for a log: a reader that stops reading must not fill the memory. */
export function createLogPrinter(stream: NodeJS.WriteStream): Printer {
  return createPrinter(stream, { mostWaiting: MOST_LOG_WAITING })
}
