import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Prints lines to one stream. */
export interface Printer {
  print(line: string): void
  paint(style: Style, text: string): string
}

/** A printer for a stream. It uses colours only on a terminal, and not when `NO_COLOR` is set. */
export function createPrinter(stream: NodeJS.WriteStream): Printer {
  const isColourful = stream.isTTY === true && !process.env['NO_COLOR']
  // The mock keeps running when the program that read its output has ended.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  return {
    print: (line) => void stream.write(`${line}\n`),
    paint: (style, text) => (isColourful ? styleText(style, text) : text),
  }
}
