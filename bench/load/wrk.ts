import { execFileSync } from 'node:child_process'
import type { Login } from './subject.js'

/** Logins before the measurement, and the most seconds that they may take. */
const WARM = 15_000
const WARM_SECONDS = 15

/** Lets the server compile its code, also where other programs take most of the time. */
export function warmUp(port: number, login: Login): void {
  for (let served = 0, seconds = 0; served < WARM && seconds < WARM_SECONDS; seconds += 1)
    served += load(port, login, 1).requests
}

/** Loads a server from the second core, with 32 connections. */
export function load(port: number, login: Login, seconds: number) {
  const url = `http://127.0.0.1:${port}${login.path}`
  const fixed = ['-t1', '-c32', `-d${seconds}`, '--timeout', '30s']
  const options = [...fixed, '-s', 'bench/servers/login.lua', url]
  const env = { ...process.env, LOGIN_TYPE: login.type, LOGIN_BODY: login.body }
  const output = execFileSync('taskset', ['-c', '1', 'wrk', ...options], { encoding: 'utf8', env })
  const result = JSON.parse(output.trim().split('\n').at(-1) ?? '')
  if (result.failed > 0) throw new Error(`${result.failed} of ${result.requests} logins failed`)
  return result as { requests: number; microseconds: number; p99: number }
}

/** The name of a tool that the load needs and that is not installed. */
export function missingTool(): string | undefined {
  return ['wrk', 'taskset'].find((name) => !isInstalled(name))
}

export function isInstalled(name: string): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
