import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { packInto } from './tarball.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the packed package. */
    tarball: string
  }
}

/** Packs the package once for all tests that install it. */
export function setup({ provide }: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-tarball-'))
  provide('tarball', packInto(folder))
  return () => rmSync(folder, { recursive: true })
}
