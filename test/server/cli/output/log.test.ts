import { expect, test } from 'vitest'
import type { LogStyle } from '../../../../server/cli/configuration/options.js'
import { createLog, defaultStyle } from '../../../../server/cli/output/log.js'
import type { JournalEntry } from '../../../../src/index.js'
import { recordingPrinter } from './recording-printer.js'

const ENTRY: JournalEntry = {
  id: 1,
  time: '2026-01-01T12:34:56.789Z',
  method: 'POST',
  path: '/api/v1/auth/token/11111/',
  status: 401,
  outcome: 'invalidCredentials',
  source: 'documented',
  reason: 'wrong password',
  username: 'ana@example.com',
  duration: 1.234,
}

function log(style: LogStyle, entry: JournalEntry): string[] {
  const printer = recordingPrinter()
  createLog(style, printer)(entry)
  return printer.lines
}

test('the style pretty prints one line for each request', () => {
  expect(log('pretty', ENTRY)).toEqual([
    '12:34:56.789 POST /api/v1/auth/token/11111/ 401 invalidCredentials (documented) ana@example.com wrong password 1.2 ms',
  ])
})

test('the style pretty prints the hint on the same line', () => {
  expect(log('pretty', { ...ENTRY, hint: 'The path lacks the final slash.' })).toEqual([
    '12:34:56.789 POST /api/v1/auth/token/11111/ 401 invalidCredentials (documented) ana@example.com wrong password 1.2 ms hint: The path lacks the final slash.',
  ])
})

test('the style json prints the journal entry with a level', () => {
  expect(log('json', ENTRY).map((line) => JSON.parse(line))).toEqual([{ level: 'warn', ...ENTRY }])
})

test.each([
  [200, 'info'],
  [301, 'info'],
  [400, 'warn'],
  [499, 'warn'],
  [500, 'error'],
  [0, 'error'],
])('a reply with the status %i has the level %s', (status, level) => {
  const [line = ''] = log('json', { ...ENTRY, status })
  expect(JSON.parse(line).level).toBe(level)
})

test('a log that goes to a file or a pipe consists of JSON lines', () => {
  expect(defaultStyle({ isTTY: true })).toBe('pretty')
  expect(defaultStyle({ isTTY: false })).toBe('json')
})

test('the style silent prints nothing', () => {
  expect(log('silent', ENTRY)).toEqual([])
})

test('a JSON line escapes control characters', () => {
  const [line = ''] = log('json', { ...ENTRY, path: '/\u0085\u2028\u009b' })
  expect(line).toContain('"/\\u0085\\u2028\\u009b"')
  expect(JSON.parse(line).path).toBe('/\u0085\u2028\u009b')
})
