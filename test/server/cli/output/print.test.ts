import { Writable } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { createLogPrinter, createPrinter } from '../../../../server/cli/output/print.js'

/** A stream whose reader reads only on request. */
function createStream({ isTTY = false } = {}) {
  const texts: string[] = []
  const waiting: (() => void)[] = []
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      texts.push(String(chunk))
      waiting.push(done)
    },
  })
  Object.assign(stream, { isTTY })
  const readAll = async () => {
    while (waiting.length > 0) {
      waiting.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { stream: stream as unknown as NodeJS.WriteStream, texts, readAll }
}

test('every text is printed without control characters, on a terminal with styles', () => {
  vi.stubEnv('NO_COLOR', '')
  const { stream, texts } = createStream({ isTTY: true })
  createPrinter(stream).print({ style: 'red', text: '\u001b[8mhidden\u009b' }, '\u202e\n.')
  expect(texts).toEqual(['\u001b[31m�[8mhidden�\u001b[39m��.\n'])
  vi.unstubAllEnvs()
})

test('there are no styles with NO_COLOR or without a terminal', () => {
  vi.stubEnv('NO_COLOR', '1')
  const terminal = createStream({ isTTY: true })
  createPrinter(terminal.stream).print({ style: 'red', text: 'a' })
  vi.unstubAllEnvs()
  const file = createStream()
  createPrinter(file.stream).print({ style: 'red', text: 'a' })
  expect([terminal.texts, file.texts]).toEqual([['a\n'], ['a\n']])
})

test('an unread log keeps a limited number of lines and counts the others', async () => {
  const { stream, texts, readAll } = createStream()
  const { print } = createLogPrinter(stream)
  const line = 'x'.repeat(1023)
  for (let index = 0; index < 3000; index += 1) print(line)
  expect(stream.writableLength).toBeLessThan(1024 * 1024 + 2048)
  await readAll()
  print('after')
  await readAll()
  const kept = texts.filter((text) => text.startsWith('x')).length
  expect(texts.slice(-2)).toEqual([
    `zapsign-mock: dropped ${3000 - kept} log lines that were not read\n`,
    'after\n',
  ])
})

test('results are printed completely, however slow the reader is', async () => {
  const { stream, texts, readAll } = createStream()
  const { print } = createPrinter(stream)
  for (let index = 0; index < 3000; index += 1) print('x'.repeat(1023))
  await readAll()
  expect(texts).toHaveLength(3000)
})
