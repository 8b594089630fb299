import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the packed package. */
    tarball: string
  }
}

/** Packs the package once for all tests that install it. `npm pack` builds dist/ if it is stale. */
export function setup({ provide }: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-tarball-'))
  const args = ['pack', '--silent', '--pack-destination', folder]
  execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  provide('tarball', join(folder, readdirSync(folder)[0] ?? ''))
  return () => rmSync(folder, { recursive: true })
}
