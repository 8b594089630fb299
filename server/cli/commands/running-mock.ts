import type { RequestListener } from 'node:http'
import { DEFAULT_HOST } from '../../http/options.js'
import type { Configuration } from '../configuration/configuration.js'
import type { LogStyle } from '../configuration/options.js'
import { DEFAULT_PORT } from '../flags/server-settings.js'
import { createLog } from '../output/log.js'
import { createLogPrinter } from '../output/print.js'

/** A mock that listens, in this process or in others. */
export interface RunningMock {
  url: string
  port: number
  /** What answers requests: the app in this process, or the URL of the others. */
  to: RequestListener | string
  /** Rejects when the mock cannot go on. */
  failed: Promise<never>
  close(): Promise<void>
}

/** Where requests are logged. */
export interface LogTarget {
  style: LogStyle
  stream: 'stdout' | 'stderr'
}

export interface RunningHooks {
  log: LogTarget
  /** Prints a message about a client. */
  warn(message: string): void
  /** Prints a message about the mock itself. */
  report(message: string): void
}

/** The function that logs a request. */
export function logTo({ style, stream }: LogTarget): ReturnType<typeof createLog> {
  return createLog(style, createLogPrinter(process[stream]))
}

/** Where a mock listens if nothing else is configured. */
export function addressOf({ server }: Configuration): { port: number; host: string } {
  return { port: server.port ?? DEFAULT_PORT, host: server.host ?? DEFAULT_HOST }
}
