import type { SharedTask } from './shared-mock.js'

/** What the first process tells a worker. */
export type ToWorker = { task: SharedTask } | { stop: true }

/** What a worker tells the first process. */
export type FromWorker =
  /** The worker listens to messages. */
  | { hello: true }
  | { ready: { url: string; port: number } }
  /** The worker cannot start. */
  | { failed: { message: string; exitCode: number } }
  /** Something for people to read. */
  | { report: string }
