import cluster, { type ClusterSettings, type Worker } from 'node:cluster'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { CommandError } from '../errors.js'
import { explainListenError } from './cannot-listen.js'
import type { RunningHooks, RunningMock } from './running-mock.js'
import type { SharedTask } from './shared-mock.js'
import type { FromWorker, ToWorker } from './worker-messages.js'

/** A worker that ends more often than this within a minute is not replaced again. */
const MOST_ENDS = 5

const MINUTE = 60_000

/** Milliseconds before the first replacement. Each further one within a minute waits twice as long. */
const FIRST_PAUSE = 100

/** Milliseconds between two attempts to start a replacement that cannot start. */
const RETRY_PAUSE = 1000

/** Milliseconds that workers get to end. They let requests in flight finish for 10 s. */
const GRACE = 12_000

type Hooks = Omit<RunningHooks, 'log'>

interface Address {
  url: string
  port: number
}

/** How a worker ended. */
interface End {
  why: string
  /** Why it could not start. */
  failure?: CommandError
}

/**
 * Starts as many processes on one port, and replaces those that end. Resolves when all listen. Throws
 * a {@link CommandError} when one cannot start.
 */
export async function startWorkers(
  task: SharedTask,
  count: number,
  { report }: Hooks,
): Promise<RunningMock> {
  cluster.setupPrimary({
    args: ['worker'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  } as ClusterSettings)
  const own = { ...task, options: { ...task.options, port: await choosePort(task) } }
  const workers = new Set<Worker>()
  let isEnding = false
  let fail: (error: CommandError) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  failed.catch(() => {})

  /** Starts a worker. `ready` never settles when `ended` does first. */
  function start(number: number): { ready: Promise<Address>; ended: Promise<End> } {
    const worker = cluster.fork()
    workers.add(worker)
    let failure: CommandError | undefined
    const ended = new Promise<End>((resolve) => {
      worker.once('exit', (code, signal) => {
        workers.delete(worker)
        resolve({ why: signal ?? `exit code ${code}`, ...(failure && { failure }) })
      })
    })
    const ready = new Promise<Address>((resolve) => {
      worker.on('message', (message: FromWorker) => {
        if ('hello' in message) tell(worker, isEnding ? { stop: true } : { task: own })
        else if ('ready' in message) resolve(message.ready)
        else if ('failed' in message)
          failure = new CommandError(message.failed.message, message.failed.exitCode)
        // What all workers notice is said once.
        else if (number === 1 || !isSaidByAll(message.report)) report(message.report)
      })
      worker.on('error', () => {})
    })
    return { ready, ended }
  }

  /** Replaces a worker whenever it ends. */
  async function keep(number: number, first: Promise<End>): Promise<void> {
    let ended = first
    let ends: number[] = []
    for (;;) {
      const { why } = await ended
      if (isEnding) return
      const now = performance.now()
      ends = [...ends.filter((time) => time > now - MINUTE), now]
      if (ends.length > MOST_ENDS) {
        fail(
          new CommandError(
            `Worker ${number} ended ${ends.length} times within a minute, the last time with ${why}`,
          ),
        )
        return
      }
      report(`Worker ${number} ended (${why}). Starting another one.`)
      await pause(FIRST_PAUSE * 2 ** (ends.length - 1))
      ended = (await replace(number)).ended
    }
  }

  /** Starts a worker until one is ready or has crashed: a store that is away may come back. */
  async function replace(number: number): Promise<{ ended: Promise<End> }> {
    for (;;) {
      const { ready, ended } = start(number)
      const end = await Promise.race([ready.then(() => undefined), ended])
      if (isEnding || !end?.failure) return { ended }
      await pause(RETRY_PAUSE)
    }
  }

  async function close(): Promise<void> {
    isEnding = true
    const gone = [...workers].map((worker) => new Promise((done) => worker.once('exit', done)))
    for (const worker of workers) tell(worker, { stop: true })
    const timer = setTimeout(() => {
      for (const worker of workers) worker.process.kill('SIGKILL')
    }, GRACE)
    await Promise.all(gone)
    clearTimeout(timer)
  }

  const started = Array.from({ length: count }, (_, index) => start(index + 1))
  try {
    const [address] = await Promise.all(
      started.map(({ ready, ended }) => Promise.race([ready, ended.then(neverReady)])),
    )
    for (const [index, { ended }] of started.entries()) void keep(index + 1, ended)
    const { url = '', port = 0 } = address ?? {}
    return { url, port, to: url, failed, close }
  } catch (error) {
    await close()
    throw error
  }
}

function neverReady({ why, failure }: End): never {
  throw failure ?? new CommandError(`A worker ended before it was ready (${why})`)
}

/** What every worker notices about the store. */
function isSaidByAll(report: string): boolean {
  return /^The store (?!came)/.test(report)
}

function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message)
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
