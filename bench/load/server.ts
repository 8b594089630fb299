import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../test/free-port.js'
import { statusOf } from '../support.js'
import type { Subject } from './subject.js'

/** A subject that did not answer in this time does not work. */
const PATIENCE = 60_000

/** A running subject, which answers logins. */
export interface Running {
  port: number
  pid: number
  /** Milliseconds from the start of the process to the first 200. */
  start: number
  stop(): Promise<void>
}

/** Starts a subject, on one core if one is named, and waits until it answers a login. */
export async function start(subject: Subject, core?: number): Promise<Running> {
  const port = await freePort()
  const started = performance.now()
  const pinned = core === undefined ? [] : ['taskset', '-c', String(core)]
  const [program = '', ...rest] = [...pinned, ...subject.command(port)]
  const child = spawn(program, rest, { env: environment(port), stdio: 'ignore' })
  // A program that cannot be started never answers: `answers` says so.
  child.on('error', () => {})
  await answers(port, subject, child)
  const time = performance.now() - started
  return { port, pid: child.pid ?? 0, start: time, stop: () => stop(child) }
}

/** What a subject finds in its environment: its port, no log, and no reports to anybody. */
function environment(port: number): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ZAPSIGN_MOCK_PORT: String(port),
    ZAPSIGN_MOCK_LOG: 'silent',
    SCARF_ANALYTICS: 'false',
    DO_NOT_TRACK: '1',
  }
}

async function answers(port: number, subject: Subject, child: ChildProcess): Promise<void> {
  const end = performance.now() + PATIENCE
  while ((await statusOf(port, subject.login)) !== 200) {
    if (isAlive(child) && performance.now() < end) await pause(1)
    else {
      await stop(child)
      throw new Error(`No login was answered with 200: ${child.spawnargs.join(' ')}`)
    }
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

function isAlive(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}

/** Microseconds of CPU that a process has used. Linux counts in hundredths of a second. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}

/** Megabytes of memory that a process occupies. */
export function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}
