import { expect, test } from 'vitest'
import type { LogStyle } from '../../../../server/cli/configuration/options.js'
import { createLog } from '../../../../server/cli/output/log.js'
import type { JournalEntry } from '../../../../src/index.js'

const ENTRY: JournalEntry = {
  time: '2026-01-01T12:34:56.789Z',
  method: 'POST',
  path: '/api/v1/auth/token/11111/',
  status: 401,
  outcome: 'invalidCredentials',
  basis: 'documented',
  username: 'ana@example.com',
  duration: 1.234,
}

function log(style: LogStyle, entry: JournalEntry): string[] {
  const lines: string[] = []
  createLog(style, { print: (line) => lines.push(line), paint: (_, text) => text })(entry)
  return lines
}

test('the style pretty prints one line for each request', () => {
  expect(log('pretty', ENTRY)).toEqual([
    '12:34:56.789 POST /api/v1/auth/token/11111/ 401 invalidCredentials (documented) ana@example.com 1.2 ms',
  ])
})

test('the explanation of a near miss is on a line of its own', () => {
  expect(log('pretty', { ...ENTRY, nearMiss: 'The path lacks the final slash.' })[1]).toBe(
    '  hint: The path lacks the final slash.',
  )
})

test('the style json prints the journal entry', () => {
  expect(log('json', ENTRY).map((line) => JSON.parse(line))).toEqual([ENTRY])
})

test('the style silent prints nothing', () => {
  expect(log('silent', ENTRY)).toEqual([])
})

test('control characters from a client do not reach the terminal', () => {
  const [line] = log('pretty', { ...ENTRY, path: '/\u001b[31m\n', username: '\u001b]0;x\u0007' })
  expect(line).not.toMatch(/[\0-\x1f]/)
})
