import { availableParallelism } from 'node:os'

/** What shares a folder with other jobs for the same packages. */
interface Job {
  packages: string
  run(): Promise<void>
}

/**
 * Runs jobs side by side, as many as there are processors. Jobs with the same packages run one after the
 * other. The longest series start first.
 */
export async function inLanes(jobs: readonly Job[], lanes = availableParallelism()): Promise<void> {
  const series = new Map<string, Job[]>()
  for (const job of jobs) series.set(job.packages, [...(series.get(job.packages) ?? []), job])
  const waiting = [...series.values()].sort((one, other) => other.length - one.length)
  async function lane(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift())
      for (const { run } of next) await run()
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
