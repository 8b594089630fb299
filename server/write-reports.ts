import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type JUnitCase, toJUnit } from '../contracts/index.js'
import { UsageError } from './errors.js'

/** Writes reports where they are asked for: all that can be. Throws a {@link UsageError}. */
export function writeReports(
  { junit, report }: { junit?: string; report?: string },
  results: { suite: string; cases: readonly JUnitCase[]; data: object },
): void {
  const failures = [
    junit !== undefined && write(junit, toJUnit(results.suite, results.cases)),
    report !== undefined && write(report, `${JSON.stringify(results.data, null, 2)}\n`),
  ].filter(Boolean)
  if (failures.length > 0) throw new UsageError(failures.join('; '))
}

/** Why a file could not be written, if it could not. */
function write(file: string, text: string): string | undefined {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    return undefined
  } catch (error) {
    return `${file} cannot be written: ${(error as Error).message}`
  }
}
