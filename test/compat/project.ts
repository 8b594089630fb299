import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { npmInstall } from './install.js'
import { createFindRuntime, type Runtime } from './runtimes.js'

/** A small project that installs the packed package next to other packages, and runs one command. */
export interface Project {
  /** What is installed next to the package. Projects with the same packages share one installation. */
  packages: readonly string[]
  /** What runs the command. @default this process's Node */
  runtime?: Runtime
  /** The arguments of the runtime. */
  command: readonly string[]
  /** What package.json contains. @default `{ type: 'module' }` */
  manifest?: object
  /** Files of the project besides those in `files/`: contents by name. */
  files?: Readonly<Record<string, string>>
  /** A file that is bundled to `bundled.mjs` before the command runs. */
  bundle?: string
  /** Decides whether the command succeeded. @default its exit code is 0 */
  judge?(ran: Ran): Judgment
}

/** What a command printed, and its exit code. */
export interface Ran {
  status: number | null
  printed: string
}

/** Whether a command did what it should, and a sentence for the table, if there is something to say. */
export interface Judgment {
  isGood: boolean
  summary?: string
}

/** The result of one combination. */
export interface Result {
  result: 'ok' | 'FAILED' | 'NOT RUN'
  detail: string
}

const FILES = 'test/compat/files'

/** Runs projects below `root`. Each set of packages is installed once. */
export function createRunner(root: string, tarball: string) {
  const installed = new Map<string, string>()
  const findRuntime = createFindRuntime(root)

  async function install(packages: readonly string[]): Promise<string> {
    const key = packages.join(' ')
    const existing = installed.get(key)
    if (existing) return existing
    const folder = mkdtempSync(join(root, 'project-'))
    writeFileSync(join(folder, 'package.json'), '{"private": true}')
    await npmInstall(folder, [tarball, ...packages])
    installed.set(key, folder)
    return folder
  }

  return {
    /** Projects with the same packages must run one after the other: they share a folder. */
    async run(project: Project): Promise<Result> {
      try {
        const runtime = project.runtime ?? 'this Node'
        const binary = await findRuntime(runtime)
        if (!binary)
          return { result: 'NOT RUN', detail: `${runtime} is installed on linux x64 only` }
        const folder = await install(project.packages)
        writeFiles(folder, project)
        if (project.bundle) bundle(folder, project.bundle)
        const ran = await execute(binary, folder, project)
        const { isGood, summary = '' } = (project.judge ?? succeeds)(ran)
        if (!isGood) console.error(ran.printed)
        return { result: isGood ? 'ok' : 'FAILED', detail: summary }
      } catch (error) {
        return failed(error)
      }
    },
  }
}

const succeeds = ({ status }: Ran): Judgment =>
  status === 0
    ? { isGood: true }
    : {
        isGood: false,
        summary: status === null ? 'stopped after 2 minutes' : `exit code ${status}`,
      }

/** The result for an error of a command; prints what the command printed. */
function failed(error: unknown): Result {
  const { stdout = '', stderr = '', message } = error as Error & Record<'stdout' | 'stderr', string>
  console.error(stdout, stderr)
  return { result: 'FAILED', detail: message.split('\n')[0] ?? '' }
}

/** Replaces what the last project left in the folder, except for the installed packages. */
function writeFiles(folder: string, { manifest, files = {} }: Project): void {
  for (const name of readdirSync(folder))
    if (name !== 'node_modules') rmSync(join(folder, name), { recursive: true })
  const content = { private: true, ...(manifest ?? { type: 'module' }) }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(content))
  for (const file of readdirSync(FILES)) copyFileSync(join(FILES, file), join(folder, file))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
}

function bundle(folder: string, file: string): void {
  buildSync({
    entryPoints: [join(folder, file)],
    outfile: join(folder, 'bundled.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    // Loaded on demand, by `createUsers` only.
    external: ['./faker.js'],
    logLevel: 'error',
  })
}

function execute(binary: string, folder: string, { command }: Project): Promise<Ran> {
  const temporary = join(folder, '..', 'tmp')
  mkdirSync(temporary, { recursive: true })
  const quiet = { NO_COLOR: '1', NODE_NO_WARNINGS: '1', PACT_DO_NOT_TRACK: 'true' }
  const env = { ...process.env, ...quiet, TMPDIR: temporary }
  return new Promise((resolve) => {
    const options = { cwd: folder, env, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 }
    const child = execFile(binary, command, options, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode, printed: `${stderr}${stdout}` }),
    )
    child.stdin?.end()
  })
}
