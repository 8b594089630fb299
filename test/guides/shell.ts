import { spawn } from 'node:child_process'

/** How commands ended, and what they printed on both streams. */
export interface Ended {
  code: number | null
  printed: string
}

const TIMEOUT = 300_000

/** Runs lines in a shell. Whatever they leave behind is terminated. */
export async function runLines(
  lines: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  const child = spawn('sh', ['-euc', lines], {
    cwd: folder,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk
    })
  const killAll = () => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // Nothing was left behind.
    }
  }
  const timer = setTimeout(() => {
    printed += `\nStopped after ${TIMEOUT / 1000} s.\n`
    killAll()
  }, TIMEOUT)
  const code = await new Promise<number | null>((done) => child.once('exit', done))
  clearTimeout(timer)
  killAll()
  return { code, printed: withoutColors(printed) }
}

function withoutColors(text: string): string {
  return text.replace(/\u001b\[[\d;]*m/g, '')
}
