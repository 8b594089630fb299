/**
 * `npm run test:intercept`: programs in many languages, with ZapSign's host fixed in their code, under
 * `run --intercept`. Prints the table of docs/intercept.md; `--write` updates it there. A row that was
 * not run says why.
 */
import { spawn } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Installed, install, isInstalled } from './install.js'
import { ROWS, type Row } from './rows.js'

const BIN = resolve('dist/server/bin.js')
const PAGE = 'docs/intercept.md'

/** Sign in, refresh, list, create (not modelled), fail five times, be limited. */
const EXPECTED = '200 200 200 501 401 401 401 401 401 400'

interface Result {
  row: Row
  result: 'works' | 'no' | 'skipped' | 'FAILED'
  detail: string
}

const root = mkdtempSync(join(tmpdir(), 'intercept-programs-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
const installed = install(root)
const isOnline = await lookup('api.zapsign.com.br').then(
  () => true,
  () => false,
)
const results: Result[] = []
for (const row of ROWS) {
  const result = await run(row, installed)
  results.push(result)
  console.log(`${result.result.padEnd(8)} ${row.language}: ${row.client} ${result.detail}`)
}
const table = toTable(results)
console.log(`\n${table}`)
if (process.argv.includes('--write')) write(table)
if (results.some(({ result }) => result === 'FAILED')) process.exitCode = 1

async function run(row: Row, { folder, places }: Installed): Promise<Result> {
  const command = row.command.map((word) =>
    word.replace(/^\{(\w+)\}$/, (_, name) => places[name] ?? ''),
  )
  if (!isInstalled(command[0] ?? ''))
    return { row, result: 'skipped', detail: 'not installed here' }
  if (row.limit && row.escapes && isOnline)
    return { row, result: 'no', detail: `${row.limit} (not run: it would call the real ZapSign)` }
  const { stdout, stderr } = await start(command, folder)
  const statuses = stdout.trim().split('\n').at(-1) ?? ''
  if (statuses === EXPECTED) {
    if (!row.limit) return { row, result: 'works', detail: '' }
    return { row, result: 'FAILED', detail: `works, although ${row.limit}` }
  }
  const isReported = /No request to a host of ZapSign was intercepted|refused the mock/.test(stderr)
  if (row.limit && isReported) return { row, result: 'no', detail: row.limit }
  return { row, result: 'FAILED', detail: `${statuses}\n${stderr}` }
}

/** Runs a program from an environment without anything of this one but the path and the home. */
function start(
  command: readonly string[],
  cwd: string,
): Promise<{ stdout: string; stderr: string }> {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, [BIN, 'run', '--intercept', '--', ...command], {
    cwd,
    env: { PATH, HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (output.stdout += chunk))
  child.stderr.on('data', (chunk) => (output.stderr += chunk))
  return new Promise((done) => child.on('close', () => done(output)))
}

function toTable(all: readonly Result[]): string {
  const languages = [...new Set(all.map(({ row }) => row.language))]
  const lines = languages.map((language) => {
    const own = all.filter(({ row }) => row.language === language)
    const named = (result: Result['result']) =>
      own
        .filter((one) => one.result === result)
        .map(({ row, detail }) => ({ client: row.client, detail }))
    const works = named('works').map(({ client }) => client)
    const others = [...named('no'), ...named('skipped'), ...named('FAILED')]
    const why = others.map(({ client, detail }) => `${client}: ${detail.split('\n')[0]}`)
    return `| ${language} | ${works.join('; ') || '–'} | ${why.join('; ') || '–'} |`
  })
  return ['| | reached | not reached, and why |', '|---|---|---|', ...lines].join('\n')
}

function write(table: string): void {
  const page = readFileSync(PAGE, 'utf8')
  const [before = '', , after = ''] = page.split(
    /(?<=<!-- table -->\n)[\s\S]*?(?=<!-- end of table -->)/,
  )
  writeFileSync(PAGE, `${before}${table}\n${after}`)
}
