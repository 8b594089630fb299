import { median } from '../support.js'
import { cpuOf, memoryOf, start } from './server.js'
import { type Subject, ZAPSIGN_LOGIN } from './subject.js'
import { load, warmUp } from './wrk.js'

/** What a run measured, and the CPU time of the server, which other programs disturb less. */
export interface Figures {
  /** Milliseconds to the first 200. */
  start: number
  /** Requests per second. */
  rate: number
  /** Milliseconds. */
  p99: number
  /** Megabytes after the load. */
  memory: number
  /** Microseconds of CPU per request. */
  cpu: number
}

/**
 * Rounds alternate, so that other programs on the machine disturb all subjects alike. A subject that fails is
 * left out from then on.
 */
export async function compare(
  subjects: Record<string, Subject>,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Record<string, Figures>> {
  let active = Object.entries(subjects).map(([name, subject]) => {
    return { name, subject, all: [] as Figures[] }
  })
  for (let round = 0; round < rounds; round += 1) {
    for (const each of active) {
      try {
        each.all.push(await run(each.subject, seconds))
      } catch (error) {
        console.log(
          `${each.name}: NOT MEASURED, because ${error instanceof Error ? error.message : error}`,
        )
        active = active.filter((other) => other !== each)
      }
    }
  }
  return Object.fromEntries(active.map(({ name, all }) => [name, medianOf(all)]))
}

/** Starts a server on the first core, and loads it from the second. */
async function run(subject: Subject, seconds: number): Promise<Figures> {
  const server = await start(subject, 0)
  try {
    const login = subject.login ?? ZAPSIGN_LOGIN
    warmUp(server.port, login)
    const before = cpuOf(server.pid)
    const { requests, microseconds, p99 } = load(server.port, login, seconds)
    return {
      start: server.start,
      rate: (requests / microseconds) * 1e6,
      p99: p99 / 1000,
      memory: memoryOf(server.pid),
      cpu: (cpuOf(server.pid) - before) / requests,
    }
  } finally {
    await server.stop()
  }
}

function medianOf(all: readonly Figures[]): Figures {
  const of = (name: keyof Figures) => median(all.map((figures) => figures[name]))
  return {
    start: of('start'),
    rate: of('rate'),
    p99: of('p99'),
    memory: of('memory'),
    cpu: of('cpu'),
  }
}
