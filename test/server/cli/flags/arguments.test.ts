import { expect, test } from 'vitest'
import { parseArguments } from '../../../../server/cli/flags/arguments.js'

const parse = (line: string) => parseArguments(line.split(' ').filter(Boolean))

test.each([
  ['', { command: 'serve', flags: {} }],
  ['serve', { command: 'serve', flags: {} }],
  ['--port 0 --json', { command: 'serve', flags: { port: 0, json: true } }],
  ['serve --port=0', { command: 'serve', flags: { port: 0 } }],
  ['--no-login-limit', { command: 'serve', flags: { noLoginLimit: false } }],
  ['--api-token a --api-token b', { command: 'serve', flags: { apiToken: ['a', 'b'] } }],
  ['--seed 1 --now 2026-01-01', { command: 'serve', flags: { seed: '1', now: '2026-01-01' } }],
  ['--port abc', { command: 'serve', flags: { port: 'abc' } }],
  ['token --organization 7', { command: 'token', flags: { organization: '7' } }],
  ['run -- npm test', { command: 'run', flags: {}, child: ['npm', 'test'] }],
  [
    'run --port 5 -- curl --port 6',
    { command: 'run', flags: { port: 5 }, child: ['curl', '--port', '6'] },
  ],
  ['run pytest -x --json', { command: 'run', flags: {}, child: ['pytest', '-x', '--json'] }],
  [
    'contract --promises expired,refreshed --junit a.xml -- go test ./...',
    {
      command: 'contract',
      flags: { promises: ['expired', 'refreshed'], junit: 'a.xml' },
      child: ['go', 'test', './...'],
    },
  ],
  [
    'contract --promises expired --promises refreshed,authorized x',
    {
      command: 'contract',
      flags: { promises: ['expired', 'refreshed', 'authorized'] },
      child: ['x'],
    },
  ],
  ['verify', { command: 'verify', flags: {}, pacts: [] }],
  ['--port 5 serve', { command: 'serve', flags: { port: 5 } }],
  ['--port 5 --log json serve --port 6', { command: 'serve', flags: { port: 6, log: 'json' } }],
  ['--api-token a serve --api-token b', { command: 'serve', flags: { apiToken: ['a', 'b'] } }],
  ['--api-token a serve', { command: 'serve', flags: { apiToken: ['a'] } }],
  ['--username zoe run -- x', { command: 'run', flags: { username: 'zoe' }, child: ['x'] }],
  ['--now 1700000000000 token', { command: 'token', flags: { now: 1_700_000_000_000 } }],
  ['--now 20260101', { command: 'serve', flags: { now: '20260101' } }],
  ['--organization 7 verify', { command: 'verify', flags: { organization: '7' }, pacts: [] }],
  [
    'verify --include-rate-limit pacts a.json --report b.json',
    {
      command: 'verify',
      flags: { includeRateLimit: true, report: 'b.json' },
      pacts: ['pacts', 'a.json'],
    },
  ],
])('the command line %j is parsed', (line, invocation) => {
  expect(parse(line)).toEqual(invocation)
})

test.each([
  ['--prot 1', "Unknown option '--prot' (Did you mean --port?)"],
  ['--port', "Option '--port <number>' argument missing"],
  [
    'srve',
    'Unknown command "srve": the commands are serve, run, token, contract, verify, wait, control, help',
  ],
  [
    'rum -- npm test',
    'Unknown command "rum": the commands are serve, run, token, contract, verify, wait, control, help',
  ],
  [
    'help srve',
    'Unknown command "srve": the commands are serve, run, token, contract, verify, wait, control, help',
  ],
  ['--port 5 token', 'The command token has no option --port'],
  ['--json run -- x', 'The command run has no option --json'],
  ['--seed 1 verify', 'The command verify has no option --seed'],
  ['serve now', "Too many arguments for 'serve'. Expected 0 arguments but got 1."],
  ['run', 'Name the program to run: zapsign-mock run -- npm test'],
  ['contract --consumer x', 'Name the program to run: zapsign-mock contract -- npm test'],
  ['contract --base-url http://x -- y', "Unknown option '--base-url'"],
  ['verify --broker-tokn=hidden-value', "Unknown option '--broker-tokn'"],
  ['run --json -- x', "Unknown option '--json'"],
  ['token --port 1', "Unknown option '--port'"],
  ['--pasword=hidden-value', "Unknown option '--pasword'"],
])('the command line %j is refused with one line without secrets', (line, message) => {
  expect(() => parse(line)).toThrow(expect.objectContaining({ exitCode: 2, message }))
})

const COMMANDS = ['serve', 'run', 'token', 'contract', 'verify']

test.each([
  ...['--help', '-h', 'help'],
  ...COMMANDS.flatMap((name) => [`${name} --help`, `${name} -h`, `help ${name}`]),
])('%s prints help', (line) => {
  expect(parse(line)).toEqual({
    command: 'print',
    text: expect.stringMatching(/^Usage: zapsign-mock /),
  })
})

test('the help mentions options, environment variables and the configuration file', () => {
  const { text } = parse('--help') as { text: string }
  for (const word of [
    '--access-lifetime',
    '--no-login-limit',
    'ZAPSIGN_MOCK_',
    'configuration file',
  ]) {
    expect(text).toContain(word)
  }
})

test('the help of run shows the defaults of run', () => {
  const { text } = parse('run --help') as { text: string }
  expect(text.replace(/\s+/g, ' ')).toContain('only as a flag (default: any free port)')
  expect(text).toMatch(/--log <style> .*\s.*\(default: silent\)/)
  expect(text).not.toContain('9277')
  expect(parse('help run')).toEqual(parse('run --help'))
})

test.each([
  ['an option', `--${'x'.repeat(100_000)}`],
  ['white space', `--x=${' '.repeat(100_000)}`],
  ['dashes', `--${'-'.repeat(100_000)}=`],
  ['line breaks', `-${'\n'.repeat(100_000)}`],
  ['a command', 'x'.repeat(100_000)],
])('%s of 100,000 characters is refused at once with one short line', (_, argument) => {
  const started = performance.now()
  expect(() => parseArguments([argument])).toThrow(
    expect.objectContaining({ exitCode: 2, message: expect.stringMatching(/^.{1,510}$/) }),
  )
  expect(performance.now() - started).toBeLessThan(500)
})

test('an empty program name is refused', () => {
  expect(() => parseArguments(['run', '--', ''])).toThrow(
    expect.objectContaining({
      exitCode: 2,
      message: 'Name the program to run: zapsign-mock run -- npm test',
    }),
  )
})

test('--version prints the version', () => {
  expect(parse('--version')).toEqual({
    command: 'print',
    text: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  })
})

test('the flags of the connection may come before or after the verb', () => {
  const flags = '--url http://x --control-token abc'
  expect(parse(`control ${flags} reset`)).toEqual(parse(`control reset ${flags}`))
  expect(parse('control --url http://x reset --url http://y')).toMatchObject({ url: 'http://y' })
  expect(parse('control --help')).toMatchObject({ text: expect.stringContaining('--url <url>') })
})
