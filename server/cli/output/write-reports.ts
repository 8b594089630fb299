import { type JUnitCase, toJUnit } from '../../../contracts/internal.js'
import { writeFile } from '../../files/write-file.js'
import { UsageError } from '../errors.js'

/** Writes the requested reports. If one fails, the others are written all the same. Throws a {@link UsageError}. */
export function writeReports(
  { junit, report }: { junit?: string | undefined; report?: string | undefined },
  {
    suite,
    cases,
    data,
    duration,
  }: { suite: string; cases: readonly JUnitCase[]; data: object; duration?: number },
): void {
  const failures = [
    junit !== undefined && writeFile(junit, toJUnit(suite, cases, duration)),
    report !== undefined && writeFile(report, `${JSON.stringify(data, null, 2)}\n`),
  ].filter(Boolean)
  if (failures.length > 0) throw new UsageError(failures.join('; '))
}
