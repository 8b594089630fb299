import type { IncomingMessage } from 'node:http'

/** A request of Node, and what Express or another framework has added to it. */
export interface Incoming extends IncomingMessage {
  /** The path where the app is mounted, with Express. */
  readonly baseUrl?: string
  /** The whole target, before a framework took the mount path away. */
  readonly originalUrl?: string
  /** As Express's setting `trust proxy` decides. */
  readonly protocol?: string
  /** What a body parser made of the body. */
  readonly body?: unknown
}
