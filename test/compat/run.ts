/**
 * `npm run test:compat`: the packed package under other versions of Node, msw, Vitest, Pact and TypeScript,
 * and under Jest, Bun, Deno and workerd. Runs a sample; `--all` runs every combination. Prints a table of
 * the results; a row that was not run says why.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProject } from './project.js'
import { projects } from './projects.js'
import { checkAllTypes } from './types.js'

const [flag, ...others] = process.argv.slice(2)
if ((flag !== undefined && flag !== '--all') || others.length > 0) {
  console.error(`The only argument is --all, got "${process.argv.slice(2).join(' ')}"`)
  process.exit(2)
}
const all = flag === '--all'

const root = mkdtempSync(join(tmpdir(), 'zapsign-mock-compat-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
execFileSync('npm', ['pack', '--pack-destination', root], { stdio: 'ignore' })
const tarball = join(root, readdirSync(root)[0] ?? '')

const rows = projects({ all }).map((project) => {
  console.log(`… ${project.name}`)
  return { name: project.name, ...runProject(root, tarball, project) }
})
console.log('… TypeScript')
rows.push(...checkAllTypes(root, tarball, { all }))

console.log(`\nWhat was run (${all ? 'everything' : 'a sample; .ci/matrix runs everything'}):`)
for (const { name, result, detail } of rows)
  console.log(`  ${result.padEnd(7)} ${name}${detail && `: ${detail}`}`)
if (rows.some(({ result }) => result === 'FAILED')) process.exitCode = 1
