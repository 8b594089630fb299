import { spawn } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '../test/free-port.js'
import { compare } from './load/compare.js'
import { program, type Subject } from './load/subject.js'
import { printTable } from './load/table.js'
import { isInstalled, missingTool } from './load/wrk.js'
import { install, isShort, pack, temporaryFolder } from './support.js'

const SECONDS = isShort ? 2 : 8
const ROUNDS = isShort ? 1 : 5

/** Targets, as ratios: a store 0.35 of memory; two workers 1.8 of one, where a third core is free. */
export async function measure() {
  const missing = missingTool() ?? (isInstalled('redis-server') ? undefined : 'redis-server')
  if (missing) return void console.log(`store: NOT RUN, because ${missing} is not installed`)
  const packed = install(pack())
  symlinkSync(resolve('node_modules/@redis'), join(packed, 'node_modules/@redis'))
  const file = join(packed, 'node_modules/zapsign-mock/dist/server/bin.js')
  const redis = await startRedis()
  try {
    const settings = { rounds: ROUNDS, seconds: SECONDS }
    const title = `Node ${process.version}, ${ROUNDS} rounds of ${SECONDS} s, medians`
    const stores = await compare(
      { memory: program(process.execPath, file), '--store': withStore(file, redis.url) },
      settings,
    )
    printTable(`${title}; Redis on the core of the clients`, stores)
    const workers = await compare(
      {
        '--workers 1': withStore(file, redis.url, ['--workers', '1']),
        '--workers 2': withStore(file, redis.url, ['--workers', '2']),
      },
      settings,
    )
    printTable(
      `${title}; ${coresInWords()}; CPU and memory are those of the first process`,
      workers,
    )
    return { ...stores, ...workers }
  } finally {
    redis.stop()
  }
}

/** Cores for the workers: the one that other subjects get, and from the third on all others. */
const CORES = availableParallelism() > 2 ? `0,2-${availableParallelism() - 1}` : '0'

function coresInWords(): string {
  return CORES === '0'
    ? 'both workers share one core, as a machine with two cores has no more beside the clients'
    : `workers on the cores ${CORES}`
}

function withStore(file: string, url: string, args: readonly string[] = []): Subject {
  const pinned = args.length > 0 ? ['taskset', '-c', CORES] : []
  return { command: () => [...pinned, process.execPath, file, '--store', url, ...args] }
}

/** Starts Redis on the second core, without a file. */
async function startRedis(): Promise<{ url: string; stop(): void }> {
  const port = String(await freePort())
  const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const child = spawn(
    'taskset',
    ['-c', '1', 'redis-server', ...options, '--dir', temporaryFolder()],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  for await (const line of createInterface(child.stdout)) if (line.includes('Ready to')) break
  child.stdout.resume()
  return { url: `redis://127.0.0.1:${port}`, stop: () => void child.kill('SIGKILL') }
}
