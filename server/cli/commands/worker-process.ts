import cluster, { type ClusterSettings, type Worker } from 'node:cluster'
import { CommandError } from '../errors.js'
import type { SharedTask } from './shared-mock.js'
import type { FromWorker, ToWorker } from './worker-messages.js'

/** Where the workers listen. */
interface Address {
  url: string
  port: number
}

/** How a worker ended. */
export interface End {
  /** The signal, or `exit code 1`. */
  why: string
  /** Why it could not start. */
  failure?: CommandError
}

/** One of the processes of `--workers`, as the first process sees it. */
export interface WorkerProcess {
  /** Never settles if the worker ends before it listens. */
  ready: Promise<Address>
  ended: Promise<End>
  /** Asks the worker to end after the requests in flight. */
  stop(): void
  kill(): void
}

/** Says how workers are started: as this program, with the hidden command `worker`. */
export function prepareWorkers(): void {
  const settings: ClusterSettings = { args: ['worker'] }
  cluster.setupPrimary(Object.assign(settings, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }))
}

/** Starts a worker and gives it its task. */
export function startWorker(task: SharedTask, report: (message: string) => void): WorkerProcess {
  const worker = cluster.fork()
  let isStopped = false
  let failure: CommandError | undefined
  const ready = new Promise<Address>((resolve) => {
    worker.on('message', (message: FromWorker) => {
      if ('hello' in message) tell(worker, isStopped ? { stop: true } : { task })
      else if ('ready' in message) resolve(message.ready)
      else if ('report' in message) report(message.report)
      else failure = new CommandError(message.failed.message, message.failed.exitCode)
    })
  })
  const ended = new Promise<End>((resolve) => {
    worker.once('exit', (code, signal) => {
      resolve({ why: signal ?? `exit code ${code}`, ...(failure && { failure }) })
    })
  })
  // A worker that is gone cannot be told anything.
  worker.on('error', () => {})
  return {
    ready,
    ended,
    stop() {
      isStopped = true
      tell(worker, { stop: true })
    },
    kill: () => void worker.process.kill('SIGKILL'),
  }
}

function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message)
}
