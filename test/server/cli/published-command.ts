import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach } from 'vitest'

/** The published command. */
export const BIN = resolve('dist/server/bin.js')

/** How the command ended, and what it printed. */
export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** The published command, and an empty folder to run it in, for each test of a file. */
export function usePublishedCommand() {
  let folder: string
  let children: ChildProcess[]
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-'))
    children = []
  })
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })

  function start(args: readonly string[], environment: Record<string, string> = {}) {
    const { PATH: path = '' } = process.env
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: folder,
      env: { PATH: path, ...environment },
    })
    children.push(child)
    const output = { stdout: '', stderr: '' }
    const listeners = new Set<() => void>()
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk) => {
        output[name] += chunk
        for (const listener of listeners) listener()
      })
    }
    const ended = new Promise<Ended>((done) => {
      child.on('close', (code) => done({ code, ...output }))
    })
    /** Resolves to what a pattern finds in the output, as soon as it is there. */
    const said = (pattern: RegExp, name: 'stdout' | 'stderr' = 'stdout') =>
      new Promise<RegExpExecArray>((done, fail) => {
        const look = () => {
          const found = pattern.exec(output[name])
          if (!found) return
          listeners.delete(look)
          done(found)
        }
        listeners.add(look)
        look()
        ended.then(() => fail(new Error(`The command ended: ${JSON.stringify(output)}`)))
      })
    return { child, ended, said }
  }

  return {
    start,
    run: (args: readonly string[], environment?: Record<string, string>) =>
      start(args, environment).ended,
    /** The name of a file in the folder. */
    path: (name: string) => join(folder, name),
  }
}
