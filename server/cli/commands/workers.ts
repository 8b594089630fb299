import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { CommandError } from '../errors.js'
import { explainListenError } from './cannot-listen.js'
import type { RunningHooks, RunningMock } from './running-mock.js'
import type { SharedTask } from './shared-mock.js'
import { type End, prepareWorkers, startWorker, type WorkerProcess } from './worker-process.js'

/** A worker that ends more often than this within a minute is not replaced again. */
const MOST_ENDS = 5

const MINUTE = 60_000

/** Milliseconds before the first replacement. Each further one within a minute waits twice as long. */
const FIRST_PAUSE = 100

/** Milliseconds between two attempts to start a replacement that cannot start. */
const RETRY_PAUSE = 1000

/** Milliseconds that workers get to end. They let requests in flight finish for 10 s. */
const GRACE = 12_000

/**
 * Starts as many processes on one port, and replaces those that end. Resolves when all listen. Throws
 * a {@link CommandError} when one cannot start.
 */
export async function startWorkers(
  task: SharedTask,
  count: number,
  { report }: Omit<RunningHooks, 'log'>,
): Promise<RunningMock> {
  prepareWorkers()
  const own = { ...task, options: { ...task.options, port: await choosePort(task) } }
  const { start, close, isEnding } = createGroup(own, report)
  const started = Array.from({ length: count }, (_, index) => start(index + 1))
  try {
    const [address] = await Promise.all(
      started.map(({ ready, ended }) => Promise.race([ready, ended.then(neverReady)])),
    )
    const kept = started.map((worker, index) =>
      keep(index + 1, worker.ended, { start, isEnding, report }),
    )
    const failed = Promise.race(kept)
    failed.catch(() => {})
    const { url = '', port = 0 } = address ?? {}
    return { url, port, to: url, failed, close }
  } catch (error) {
    await close()
    throw error
  }
}

type Start = (number: number) => WorkerProcess

/** The workers that run, and how all of them end. */
function createGroup(task: SharedTask, report: (message: string) => void) {
  const workers = new Set<WorkerProcess>()
  let isEnding = false
  const start: Start = (number) => {
    const worker = startWorker(task, (message) => {
      // What all workers notice is said once.
      if (number === 1 || !isSaidByAll(message)) report(message)
    })
    workers.add(worker)
    void worker.ended.then(() => workers.delete(worker))
    return worker
  }

  async function close(): Promise<void> {
    isEnding = true
    for (const worker of workers) worker.stop()
    const timer = setTimeout(() => {
      for (const worker of workers) worker.kill()
    }, GRACE)
    await Promise.all([...workers].map(({ ended }) => ended))
    clearTimeout(timer)
  }

  return { start, close, isEnding: () => isEnding }
}

interface KeepParts {
  start: Start
  isEnding(): boolean
  report(message: string): void
}

/** Replaces a worker whenever it ends. Rejects when it ends too often, and never resolves. */
async function keep(number: number, first: Promise<End>, parts: KeepParts): Promise<never> {
  let ended = first
  let ends: number[] = []
  for (;;) {
    const { why } = await ended
    if (parts.isEnding()) return new Promise(() => {})
    const now = performance.now()
    ends = [...ends.filter((time) => time > now - MINUTE), now]
    if (ends.length > MOST_ENDS)
      throw new CommandError(
        `Worker ${number} ended ${ends.length} times within a minute, the last time with ${why}`,
      )
    parts.report(`Worker ${number} ended (${why}). Starting another one.`)
    await pause(FIRST_PAUSE * 2 ** (ends.length - 1))
    ended = replace(number, parts)
  }
}

/** Starts a worker again while it cannot start: a store that is away may come back. Resolves at its end. */
async function replace(number: number, { start, isEnding }: KeepParts): Promise<End> {
  for (;;) {
    if (isEnding()) return { why: 'the end of the mock' }
    const end = await start(number).ended
    if (!end.failure) return end
    await pause(RETRY_PAUSE)
  }
}

function neverReady({ why, failure }: End): never {
  throw failure ?? new CommandError(`A worker ended before it was ready (${why})`)
}

/** What every worker notices about the store. */
function isSaidByAll(report: string): boolean {
  return /^The store (?!came)/.test(report)
}

/** Chooses the port for all: a worker that replaces the last one must find it again. */
async function choosePort({ options }: SharedTask): Promise<number> {
  const { port = 0, host = '' } = options
  if (port !== 0) return port
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen({ port, host }, resolve)
    })
  } catch (error) {
    throw explainListenError(error, { port, host })
  }
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : port
}
