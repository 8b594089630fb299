import cluster from 'node:cluster'
import { CommandError, UsageError } from '../errors.js'
import { type SharedTask, startSharedMock } from './shared-mock.js'
import type { FromWorker, ToWorker } from './worker-messages.js'

/**
 * Runs one of the processes of `--workers`. It ends when the first process says so or is gone, and on
 * SIGTERM. A terminal sends SIGINT to all processes; the first one tells the others.
 */
export async function worker(): Promise<number> {
  if (!cluster.isWorker)
    throw new UsageError('The command worker is for the mock itself: use --workers')
  process.on('SIGINT', () => {})
  const { task, stopped } = listen()
  await send({ hello: true })
  const given = await Promise.race([task, stopped])
  if (!given) return 0
  try {
    const report = (message: string) => void send({ report: message })
    const server = await startSharedMock(given, { report, warn: report })
    await send({ ready: { url: server.url, port: server.port } })
    await stopped
    await server.close()
    return 0
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    const { message, exitCode } = error
    await send({ failed: { message, exitCode } })
    return exitCode
  }
}

function listen() {
  let begin: (task: SharedTask) => void = () => {}
  let stop: () => void = () => {}
  const task = new Promise<SharedTask>((resolve) => {
    begin = resolve
  })
  const stopped = new Promise<void>((resolve) => {
    stop = resolve
  })
  process.on('message', (message: ToWorker) => {
    if ('task' in message) begin(message.task)
    else stop()
  })
  process.once('SIGTERM', stop)
  return { task, stopped }
}

/** Resolves also when the first process is gone: this one ends then. */
function send(message: FromWorker): Promise<void> {
  return new Promise((resolve) => {
    if (process.send?.(message, undefined, {}, () => resolve()) === undefined) resolve()
  })
}
