import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type JUnitCase, toJUnit } from '../contracts/index.js'
import { UsageError } from './errors.js'

/** Writes reports where they are asked for. Throws a {@link UsageError}. */
export function writeReports(
  { junit, report }: { junit?: string; report?: string },
  results: { suite: string; cases: readonly JUnitCase[]; data: object },
): void {
  if (junit !== undefined) write(junit, toJUnit(results.suite, results.cases))
  if (report !== undefined) write(report, `${JSON.stringify(results.data, null, 2)}\n`)
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${(error as Error).message}`)
  }
}
