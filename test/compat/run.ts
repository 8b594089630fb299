/**
 * `npm run test:compat`: the packed package under other versions of Node, msw, Vitest, Jest, Pact and
 * TypeScript, and on Bun, Deno and workerd. Runs a pairwise sample; `--all` runs every combination, and
 * `--only TEXT` those whose name or table title contains the text. Prints tables of the results.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packInto } from '../tarball.js'
import { nameOf, pairwise } from './combinations.js'
import { GROUPS, possibleIn } from './groups.js'
import { inLanes } from './lanes.js'
import { createRunner, type Result } from './project.js'
import { formatTable } from './table.js'

const { all, only } = readArguments()
const root = mkdtempSync(join(tmpdir(), 'zapsign-mock-compat-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
const runner = createRunner(root, packInto(root))
const started = Date.now()

const chosen = GROUPS.map((group) => {
  const possible = possibleIn(group)
  const combinations = (all ? possible : pairwise(possible)).filter((one) =>
    `${group.title}, ${nameOf(one)}`.includes(only),
  )
  return { group, combinations, results: new Map<string, Result>() }
})
const counts = { ok: 0, FAILED: 0, 'NOT RUN': 0 }
const jobs = chosen.flatMap(({ group, combinations, results }) =>
  combinations.map((combination) => {
    const project = group.project(combination)
    const run = async () => {
      const result = await runner.run(project)
      console.log(`${result.result.padEnd(7)} ${nameOf(combination)} ${result.detail}`)
      counts[result.result] += 1
      results.set(nameOf(combination), result)
    }
    return { packages: project.packages.join(' '), run }
  }),
)
await inLanes(jobs)
const tables = chosen
  .filter(({ combinations }) => combinations.length > 0)
  .map(({ group, results }) => formatTable(group, results))

console.log(tables.join('\n'))
const minutes = ((Date.now() - started) / 60_000).toFixed(1)
console.log(
  `\n${counts.ok} ok, ${counts.FAILED} failed, ${counts['NOT RUN']} not run, in ${minutes} minutes.` +
    (all ? '' : ' A dot is a combination that only .ci/matrix runs.'),
)
if (counts.FAILED > 0 || counts.ok === 0) process.exitCode = 1

function readArguments(): { all: boolean; only: string } {
  try {
    const { values } = parseArgs({
      options: { all: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
    })
    return values
  } catch (error) {
    console.error(`${(error as Error).message}. The arguments are --all and --only TEXT.`)
    process.exit(2)
  }
}
