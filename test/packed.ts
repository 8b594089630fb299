import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { inject } from 'vitest'

/** An empty folder with the packed package installed in it, and nothing else. */
export function installPacked() {
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-package-'))
  const run = (file: string, args: readonly string[]) =>
    execFileSync(file, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}')
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', inject('tarball')])
  const installed = readdirSync(join(folder, 'node_modules'))

  return {
    folder,
    /** The packages that npm installed. */
    packages: installed.filter((name) => !name.startsWith('.')),
    /** Links a package of this project next to it, as its users install it. */
    link(name: string): void {
      const path = join(folder, 'node_modules', name)
      mkdirSync(dirname(path), { recursive: true })
      symlinkSync(resolve('node_modules', name), path)
    },
    unlink: (name: string) => rmSync(join(folder, 'node_modules', name)),
    node: (...args: string[]) => run(process.execPath, args),
    run,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/**
 * Type-checks files in a folder as strictly as possible, without this project's settings.
 * Returns what the compiler printed: nothing when all types are right.
 */
export function typeCheck(
  folder: string,
  files: readonly string[],
  { module, resolution }: { module: string; resolution: string },
): string {
  const args = [
    ...['--strict', '--noEmit', '--target', 'es2022', '--exactOptionalPropertyTypes'],
    // `npm run test:compat` checks the declarations themselves, which takes much longer.
    '--skipLibCheck',
    ...['--module', module, '--moduleResolution', resolution],
    ...['--typeRoots', resolve('node_modules/@types'), '--types', 'node'],
  ]
  const tsc = resolve('node_modules/typescript/bin/tsc')
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, ...args, ...files], {
    cwd: folder,
    encoding: 'utf8',
  })
  return stdout + stderr
}
