import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packInto } from '../test/tarball.js'
import { type Login, ZAPSIGN_LOGIN } from './load/subject.js'

/** A new folder that is gone when the process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Packs the package, and returns the tarball. */
export function pack(): string {
  return packInto(temporaryFolder())
}

/** Installs a package in an empty folder with an empty cache, and returns the folder. */
export function install(what: string): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'package.json'), '{"private": true}')
  const options = ['--no-audit', '--no-fund', '--cache', join(folder, '.npm-cache')]
  execFileSync('npm', ['install', ...options, what], { cwd: folder, stdio: 'ignore' })
  rmSync(join(folder, '.npm-cache'), { recursive: true, force: true })
  return folder
}

/** The packages that are installed in a folder. */
export function countPackages(folder: string): number {
  return readdirSync(join(folder, 'node_modules'))
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(folder, 'node_modules', name)) : [name],
    ).length
}

/** The bytes of all files below a folder. */
export function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: false })
  return files
    .map((file) => statSync(join(folder, file)))
    .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Whether a quick look is asked for: fewer rounds, one version of Node. */
export const isShort = process.argv.includes('--short')

/** The status of a login, or `undefined` while nobody answers. */
export function statusOf(port: number, login: Login = ZAPSIGN_LOGIN): Promise<number | undefined> {
  return new Promise((resolve) => {
    const call = request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: login.path,
      headers: { 'content-type': login.type },
      agent: false,
    })
    call.on('response', (response) =>
      response.resume().on('end', () => resolve(response.statusCode)),
    )
    call.on('error', () => resolve(undefined))
    call.end(login.body)
  })
}
