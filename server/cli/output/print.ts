import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Where text goes, and whether it may be coloured there. */
export interface Printer {
  print(line: string): void
  paint(style: Style, text: string): string
}

/** Prints to a stream, in colour only on a terminal, and not where `NO_COLOR` is set. */
export function createPrinter(stream: NodeJS.WriteStream): Printer {
  const isColourful = stream.isTTY === true && !process.env['NO_COLOR']
  // Whoever read the output has gone: that is no reason to stop.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  return {
    print: (line) => void stream.write(`${line}\n`),
    paint: (style, text) => (isColourful ? styleText(style, text) : text),
  }
}
