import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { withOptionsTable } from '../.ci/options-table.js'
import { startServer } from '../server/index.js'
import { installPacked, typeCheck } from './packed.js'

const README = readFileSync('README.md', 'utf8')

/** The README's blocks of code in a language. */
function blocks(language: string): string[] {
  const fences = README.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))
  return [...fences].map(([, code = '']) => code)
}

/** What the README says to type, in the blocks that are set in. */
const COMMANDS = [...README.matchAll(/^ {4}(?:\$ )?(npm|npx|curl) [^#\n]*/gm)].map(([line]) =>
  line.trim().replace(/^\$ /, ''),
)

let packed: ReturnType<typeof installPacked>
const within = (name: string) => join(packed.folder, name)

beforeAll(() => {
  packed = installPacked()
  for (const name of ['msw', 'vitest', '@pact-foundation/pact']) packed.link(name)
}, 60_000)

afterAll(() => packed.remove())

const TYPESCRIPT = blocks('ts').map((code, index) => ({ name: `example-${index}.test.ts`, code }))

test('every TypeScript example type-checks', () => {
  for (const { name, code } of TYPESCRIPT) writeFileSync(within(name), code)
  expect(TYPESCRIPT.length).toBeGreaterThanOrEqual(3)
  const files = TYPESCRIPT.map(({ name }) => name)
  const printed = typeCheck(packed.folder, files, { module: 'nodenext', resolution: 'nodenext' })
  expect(printed).toBe('')
})

test.each(TYPESCRIPT)('$name of the README runs', ({ name, code }) => {
  writeFileSync(within(name), code)
  const isSuite = code.includes("from 'vitest'")
  const run = isSuite
    ? () => packed.node('node_modules/vitest/vitest.mjs', 'run', name)
    : () => packed.node(resolve('node_modules/tsx/dist/cli.mjs'), name)
  expect(run()).toMatch(isSuite ? / passed/ : /^\d{3} \d+\n$/)
})

test('the command accepts the configuration', async () => {
  writeFileSync(within('zapsign-mock.config.yaml'), blocks('yaml')[0] ?? '')
  const printed = packed.run(join('node_modules', '.bin', 'zapsign-mock'), [
    ...['run', '--', 'node', '-p', 'process.env.ZAPSIGN_USERNAME'],
  ])
  expect(printed).toBe('ana@example.com\n')
})

interface Workflow {
  jobs: Record<string, { steps: { run?: string; uses?: string; with?: { path?: string } }[] }>
}

test('the commands of the CI recipe do what they say', () => {
  const workflow = parse(blocks('yaml')[1] ?? '') as Workflow
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)
  const [install, ...commands] = steps.flatMap(({ run }) => run ?? [])
  // Both are in the folder already: nothing here depends on the network.
  expect(install).toBe('npm install --no-save zapsign-mock @pact-foundation/pact')
  expect(commands).toHaveLength(2)
  copyFileSync('examples/python/client.py', within('client.py'))
  for (const command of commands)
    packed.run('sh', ['-euc', `PATH=$PWD/node_modules/.bin:$PATH; ${command}`])
  const kept = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact'))?.with?.path
  expect(kept?.split('\n').filter(Boolean)).toEqual(['pacts', 'reports'])
  for (const file of ['pacts/billing-ZapSign.json', 'reports/contract.xml', 'reports/verify.xml'])
    expect(existsSync(within(file)), file).toBe(true)
})

test('the table of options matches the doc comments', () => {
  expect(README).toBe(withOptionsTable(README))
})

test('the README is at most 350 lines long', () => {
  expect(README.trimEnd().split('\n').length).toBeLessThanOrEqual(350)
})

test('the routes of the README are valid', async () => {
  const { routes } = parse(blocks('yaml routes')[0] ?? '')
  const server = await startServer({ routes })
  await server.close()
  expect(routes).toHaveLength(2)
})

test('every command and flag that is named exists', () => {
  const help = ['serve', 'run', 'token', 'contract', 'verify', 'control outcome', 'wait']
    .map((name) =>
      packed.run(join('node_modules', '.bin', 'zapsign-mock'), [...name.split(' '), '--help']),
    )
    .join('\n')
  const flags = new Set(README.match(/(?<![\w-])--[a-z][a-z-]+/g))
  const others = ['--save-dev', '--no-save', '--experimental-vm-modules']
  const unknown = [...flags].filter((flag) => !help.includes(`${flag} `) && !others.includes(flag))
  expect(unknown).toEqual([])
  const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts
  const named = [...README.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name)
  expect(named.filter((name) => !scripts[name])).toEqual([])
})

test('the two commands are on the first screen, and the curl line works', async () => {
  expect(README.split('\n').slice(0, 24).join('\n')).toMatch(
    /npx zapsign-mock.*npm ci && npm start.*npm ci && npm test/s,
  )
  expect(COMMANDS).toEqual(expect.arrayContaining(['npx zapsign-mock', 'npx zapsign-mock verify']))
  const curl = /\$ (curl http:\/\/127\.0\.0\.1:9277.*?\}')/s.exec(README)?.[1] ?? ''
  const child = spawn(process.execPath, [
    ...[resolve('dist/server/bin.js'), '--port', '0', '--json'],
  ])
  try {
    const ready: Buffer = await new Promise((done) => child.stdout.once('data', done))
    const { port } = JSON.parse(String(ready).split('\n')[0] ?? '')
    const here = curl.replace('9277', String(port)).replace('curl', 'curl -s')
    expect(packed.run('sh', ['-c', here])).toMatch(
      /^\{"refresh":"eyJ0eXAiOi.*","access":"eyJ0eXAiOi.*"\}$/,
    )
  } finally {
    child.kill()
  }
})
