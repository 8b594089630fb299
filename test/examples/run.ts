/**
 * `npm run test:examples`: installs the packed package in a copy of each example and runs its tests, as the
 * README of the example says. Runs a sample; `--all` runs every example, and names run these examples.
 * Prints a table of the results; an example that was not run says why.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { runLines } from '../guides/shell.js'
import { missingOf } from '../needs.js'
import { packInto } from '../tarball.js'
import { EXAMPLES, type Example } from './projects.js'

interface Result {
  result: 'passed' | 'FAILED' | 'not run'
  detail: string
}

const INSTALL = 'npm install --no-audit --no-fund --prefer-offline --loglevel=error'

const chosen = choose(process.argv.slice(2))
const root = mkdtempSync(join(tmpdir(), 'zapsign-mock-examples-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
const tarball = packInto(root)

const rows: ({ name: string } & Result)[] = []
for (const example of chosen) {
  console.log(`… ${example.name}`)
  rows.push({ name: example.name, ...(await runExample(example)) })
}
console.log('\nWhat was run:')
for (const { name, result, detail } of rows)
  console.log(`  ${result.padEnd(7)} ${name.padEnd(18)} ${detail}`)
if (rows.some(({ result }) => result === 'FAILED')) process.exitCode = 1

function choose(args: readonly string[]): readonly Example[] {
  if (args.length === 0) return EXAMPLES.filter(({ isSample }) => isSample)
  if (args.join() === '--all') return EXAMPLES
  const unknown = args.find((arg) => !EXAMPLES.some(({ name }) => name === arg))
  if (unknown === undefined) return EXAMPLES.filter(({ name }) => args.includes(name))
  const names = EXAMPLES.map(({ name }) => name).join(', ')
  console.error(`The arguments are --all or names of examples (${names}), got "${unknown}"`)
  process.exit(2)
}

async function runExample({ name, needs = {} }: Example): Promise<Result> {
  const missing = missingOf(needs)
  if (missing.length > 0)
    return { result: 'not run', detail: `not installed here: ${missing.join(', ')}` }
  const cwd = join(root, name)
  const start = Date.now()
  const filter = (path: string) => basename(path) !== 'node_modules'
  cpSync(join('examples', name), cwd, { recursive: true, filter })
  const env = { ...process.env, NO_COLOR: '1', PACT_DO_NOT_TRACK: 'true' }
  const { code, printed } = await runLines(`${INSTALL} "${tarball}"\nnpm test`, cwd, env)
  if (code !== 0) console.error(printed)
  rmSync(cwd, { recursive: true, force: true })
  const seconds = `${Math.round((Date.now() - start) / 1000)} s`
  return { result: code === 0 ? 'passed' : 'FAILED', detail: seconds }
}
