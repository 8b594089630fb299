import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../free-port.js'

export interface Redis {
  url: string
  kill(): Promise<void>
  /** From now on Redis accepts connections and answers nothing. */
  hang(): void
  /** Redis goes on with what has come in meanwhile. */
  resume(): void
}

/** Why the tests of the store do not run; an error with CI set. */
export const MISSING = whyMissing()

function whyMissing(): string | false {
  if (spawnSync('redis-server', ['--version']).error === undefined) return false
  if (process.env['CI']) throw new Error('redis-server is not installed')
  // The reporter would hide what goes to the console.
  process.stderr.write('NOT RUN: redis-server is not installed\n')
  return 'redis-server is not installed'
}

/** Starts Debian's `redis-server` on a free port, or on one that was in use before, and without a file. */
export async function startRedis(
  port?: number,
  { password }: { password?: string } = {},
): Promise<Redis & { port: number }> {
  const own = port ?? (await freePort())
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-redis-'))
  const options = ['--port', String(own), '--save', '', '--appendonly', 'no', '--dir', folder]
  const secret = password === undefined ? [] : ['--requirepass', password]
  const child = spawn('redis-server', ['--bind', '127.0.0.1', ...options, ...secret])
  await ready(child)
  return {
    url: `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${own}`,
    port: own,
    hang: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async kill() {
      if (child.signalCode !== null) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
      rmSync(folder, { recursive: true })
    },
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.stdout?.on('data', (text) => String(text).includes('Ready to accept') && resolve())
  })
}
