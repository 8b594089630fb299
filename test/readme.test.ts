import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { globSync } from 'tinyglobby'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { withOptionsTable } from '../.ci/options-table.js'
import { type Block, blocksOf } from './markdown.js'
import { installPacked, typeCheck } from './packed.js'

const README = readFileSync('README.md', 'utf8')
const BLOCKS = blocksOf(README)
const codeIn = (language: string) =>
  BLOCKS.filter((block) => block.language === language).map(({ code }) => code)

// The comment in the example says what to write with the version of MSW that this project has.
const TYPESCRIPT = codeIn('ts').map((code, index) => ({
  name: `example-${index}.test.ts`,
  code: code.replace(/onUnhandledFrame(.* \/\/ MSW 2: onUnhandledRequest)/, 'onUnhandledRequest$1'),
}))

/** The TypeScript in the pages of docs/. Guides have a runner of their own. */
const OTHER_TYPESCRIPT = globSync('docs/*.md').flatMap((page) =>
  blocksOf(readFileSync(page, 'utf8'))
    .filter(({ language }) => language === 'ts')
    .map(({ code }, index) => ({ name: `${basename(page, '.md')}-${index}.test.ts`, code })),
)
const ALL_TYPESCRIPT = [...TYPESCRIPT, ...OTHER_TYPESCRIPT]
const SUITES = ALL_TYPESCRIPT.filter(({ code }) => code.includes("from 'vitest'"))
const SCRIPTS = TYPESCRIPT.filter((example) => !SUITES.includes(example))
const YAML = codeIn('yaml')
const WORKFLOWS = YAML.filter((code) => /^jobs:/m.test(code))
const CONFIGURATIONS = YAML.filter((code) => !WORKFLOWS.includes(code))
const LINES = codeIn('sh').flatMap((code) =>
  code
    .replaceAll(/ *\\\n */g, ' ')
    .trim()
    .split('\n')
    .map((line) => line.replace(/ +# .*/, '')),
)

/** These need the registry, or are what the gate runs. */
const INSTALLS = LINES.filter((line) => /^npm (ci|install)\b/.test(line))
const SERVES = 'npx zapsign-mock'
const COMMANDS = LINES.filter((line) => line !== SERVES && !INSTALLS.includes(line))

/** A client that has ZapSign's host in its code. */
const HARD_CODED = `
import json, urllib.request
body = json.dumps({"username": "dev@example.com.br", "password": "StrongPassword123"}).encode()
url = "https://api.zapsign.com.br/api/v1/auth/token/11111/"
headers = {"content-type": "application/json"}
print(urllib.request.urlopen(urllib.request.Request(url, body, headers)).read())
`

let packed: ReturnType<typeof installPacked>
/** The mock that commands talk to: a process of its own, because this one waits for them. */
let mock: ChildProcess
let url: string
const within = (name: string) => join(packed.folder, name)
const zapsignMock = (...args: string[]) =>
  packed.run(join('node_modules', '.bin', 'zapsign-mock'), args)
const nodeWithStderr = (...args: string[]) =>
  packed.run('sh', ['-c', '"$@" 2>&1', 'sh', process.execPath, ...args])

beforeAll(async () => {
  packed = installPacked()
  for (const name of ['msw', 'vitest', '@pact-foundation/pact', 'express', '@types/express'])
    packed.link(name)
  mkdirSync(within('pacts'))
  copyFileSync('contracts/reference-pact.json', within('pacts/reference.json'))
  const scripts = { test: 'node -e "process.exit(process.env.ZAPSIGN_BASE_URL ? 0 : 1)"' }
  writeFileSync(within('package.json'), JSON.stringify({ type: 'module', scripts }))
  mock = spawn(process.execPath, [resolve('dist/server/bin.js'), '--port', '0', '--json'])
  const ready: Buffer = await new Promise((done) => mock.stdout?.once('data', done))
  url = JSON.parse(String(ready).split('\n')[0] ?? '').url
}, 60_000)

afterAll(() => {
  mock?.kill()
  packed.remove()
})

/** A line as pasted into a shell, against the mock that runs here. */
function paste(line: string): string {
  const here = line.replaceAll(/http:\/\/127\.0\.0\.1:9277|https:\/\/sandbox\S+/g, url)
  const variables = {
    ZAPSIGN_CONTROL_URL: url,
    ZAPSIGN_USERNAME: 'dev@example.com.br',
    ZAPSIGN_PASSWORD: 'StrongPassword123',
    npm_config_offline: 'true',
  }
  const assignments = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
  return packed.run('env', [...assignments, 'sh', '-euc', here])
}

test('every block of code is of a kind that is tested here', () => {
  const kinds = ['sh', 'text', 'ts', 'yaml']
  expect(BLOCKS.filter(({ language }) => !kinds.includes(language))).toEqual([])
})

test('every TypeScript example of the README and of docs/ type-checks', {
  timeout: 120_000,
}, () => {
  for (const { name, code } of ALL_TYPESCRIPT) writeFileSync(within(name), code)
  const files = ALL_TYPESCRIPT.map(({ name }) => name)
  const printed = typeCheck(packed.folder, files, { module: 'nodenext', resolution: 'nodenext' })
  expect(printed).toBe('')
})

test.each(SUITES)('the tests in $name pass', ({ name, code }) => {
  writeFileSync(within(name), code)
  const printed = nodeWithStderr('node_modules/vitest/vitest.mjs', 'run', name)
  expect(printed).toContain(' passed')
  // An example must not do what the mock advises against.
  expect(printed).not.toContain('warnings: false')
})

test.each(SCRIPTS)('$name runs as JavaScript, and prints what it says', ({ name, code }) => {
  const script = name.replace('.test.ts', '.mjs')
  writeFileSync(within(script), code)
  const said = [...code.matchAll(/^console\.log\(.*\) \/\/ (.*)$/gm)].map(([, text]) => `${text}\n`)
  expect(said).not.toEqual([])
  expect(nodeWithStderr(script)).toBe(said.join(''))
})

test.each(CONFIGURATIONS)('the command accepts the configuration %j', (code) => {
  writeFileSync(within('settings.yaml'), code)
  const printed = zapsignMock(
    ...['run', '--config', 'settings.yaml', '--', 'node', '-p', 'process.env.ZAPSIGN_USERNAME'],
  )
  expect(printed).toBe(`${/username: ([^\s,]+)/.exec(code)?.[1] ?? 'dev@example.com.br'}\n`)
})

interface Workflow {
  jobs: Record<string, { steps: { run?: string; uses?: string; with?: { path?: string } }[] }>
}

test('the commands of the CI recipe do what they say', () => {
  expect(WORKFLOWS).toHaveLength(1)
  const workflow = parse(WORKFLOWS[0] ?? '') as Workflow
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)
  const [install, ...commands] = steps.flatMap(({ run }) => run ?? [])
  // Both are in the folder already: nothing here depends on the network.
  expect(install).toBe('npm install --no-save zapsign-mock @pact-foundation/pact')
  expect(commands).toHaveLength(2)
  copyFileSync('examples/python/contract.py', within('client.py'))
  cpSync('examples/python/zapsign', within('zapsign'), { recursive: true })
  for (const command of commands) paste(command)
  const kept = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact'))?.with?.path
  expect(kept?.split('\n')).toEqual(['pacts', 'reports'])
  for (const file of ['pacts/billing-ZapSign.json', 'reports/contract.xml', 'reports/verify.xml'])
    expect(existsSync(within(file)), file).toBe(true)
})

test('what is to be installed is this package, or a package that it works with', () => {
  const { name, scripts, peerDependencies, devDependencies } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  )
  const words = INSTALLS.flatMap((line) => line.split(' ')).filter((word) => /^[a-z@]/.test(word))
  const tools = ['npm', 'ci', 'install', ...Object.keys(scripts), name]
  const packages = Object.keys({ ...peerDependencies, ...devDependencies })
  expect(words.filter((word) => ![...tools, ...packages].includes(word))).toEqual([])
})

test('there is a line that serves', () => {
  expect(LINES).toContain(SERVES)
})

test.each(COMMANDS)('%s works as pasted', async (line) => {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${url}/__zapsign/reset`, { method: 'POST', headers })
  writeFileSync(within('client.py'), HARD_CODED)
  const printed = paste(line)
  if (line.includes('/auth/token/'))
    expect(printed).toMatch(/^\{"refresh":"eyJ0eXAiOi.*","access":"eyJ0eXAiOi.*"\}$/)
})

test('every line of the drawing is of the same length', () => {
  const [drawing = ''] = codeIn('text')
  const lengths = drawing.trimEnd().split('\n')
  expect(new Set(lengths.map((line) => [...line].length)).size).toBe(1)
})

test('the table of options matches the doc comments', () => {
  expect(README).toBe(withOptionsTable(README))
})

test('the README is at most 350 lines long', () => {
  expect(README.trimEnd().split('\n').length).toBeLessThanOrEqual(350)
})

test('the two commands are on the first screen', () => {
  expect(README.split('\n').slice(0, 24).join('\n')).toMatch(
    /npm install --save-dev zapsign-mock.*npx zapsign-mock.*npm ci && npm start.*npm ci && npm test/s,
  )
})

test.each(['Test suites', 'Local development', 'CI'])(
  '%s begins with less than 20 lines of code',
  (name) => {
    const section = README.slice(README.indexOf(`## ${name}\n`))
    const [quickStart] = blocksOf(section) as [Block]
    expect(quickStart.code.trimEnd().split('\n').length).toBeLessThan(20)
  },
)

test('every command and flag that is named exists', () => {
  const help = ['serve', 'run', 'token', 'contract', 'verify', 'control outcome', 'wait']
    .map((name) => zapsignMock(...name.split(' '), '--help'))
    .join('\n')
  const flags = new Set(README.match(/(?<![\w-])--[a-z][a-z-]+/g))
  const others = ['--save-dev', '--no-save']
  const unknown = [...flags].filter((flag) => !help.includes(`${flag} `) && !others.includes(flag))
  expect(unknown).toEqual([])
  const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts
  const named = [...README.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name)
  expect(named.filter((name) => !scripts[name])).toEqual([])
})
