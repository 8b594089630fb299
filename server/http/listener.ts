import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { assertZapSign, type Provider, validate } from '../../src/internal.js'
import { createReceivedLog } from '../console/received.js'
import { createControl } from '../control/control.js'
import { createHandler } from './handler.js'
import { answerHome } from './home.js'
import { type AppOptions, appOptions } from './options.js'

export interface ListenerParts {
  /** Whether `GET /` says what this server is. @default with the control API */
  home?: boolean
  /** The options of the server, as the control API shows them. */
  server?: Readonly<Record<string, unknown>>
}

/**
 * Creates the listener of a server that answers all requests by itself. It does without Express, which
 * takes longer than the answer, and long to load.
 */
export function createListener(
  zapsign: Provider,
  options: AppOptions,
  parts: ListenerParts = {},
): RequestListener {
  const { answerOwn, handler } = createAnswers(zapsign, options, parts)
  return (request, response) => {
    if (!answerOwn(request, response)) handler(request, response, (error) => fail(error, response))
  }
}

/** Creates what answers the mock's own paths, and what answers for the provider. */
export function createAnswers(
  zapsign: Provider,
  options: AppOptions,
  { server = {}, ...parts }: ListenerParts,
) {
  assertZapSign(zapsign, 'createApp')
  const settings = validate(appOptions, options)
  const { control = false, signal, trustProxy } = settings
  const access = Object(control)
  if (control && trustProxy && access.token === undefined)
    throw new TypeError('`control` needs a token with `trustProxy`: control: { token }')
  const { home = Boolean(control) } = parts
  const received = control ? createReceivedLog() : undefined
  const answerControl = control
    ? createControl(zapsign, { options: access, server, signal, received })
    : () => false

  return {
    settings,
    handler: createHandler(zapsign, { ...settings, received }),
    /** Answers `/__zapsign` and `/`, and returns whether the request was to one of them. */
    answerOwn: (request: IncomingMessage, response: ServerResponse): boolean =>
      answerControl(request, response) || (home && answerHome(request, response, Boolean(control))),
  }
}

/** Without a surrounding app, this server must handle the error. */
export function fail(error: unknown, response: ServerResponse): void {
  console.error(error)
  response.writeHead(500).end()
}
