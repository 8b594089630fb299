import type { IncomingMessage, RequestListener } from 'node:http'
import { createCertificates } from './certificates.js'
import { variablesFor } from './languages.js'
import { reduceNoProxy } from './no-proxy.js'
import { startOpenPort, startProxyPort } from './ports.js'
import { createPrivateFolder } from './private-folder.js'
import type { Environment } from './setting.js'
import { createTlsFront } from './tls-front.js'
import { upstreamFromEnvironment } from './upstream.js'

/** While it lasts, programs started with its environment reach the mock under ZapSign's own hosts. */
export interface Interception {
  /** The variables to add to a program's environment. They contain the proxy's credentials. */
  environment: Readonly<Record<string, string>>
  /** Entries of `NO_PROXY` that cover a documented host, which `environment` leaves out. */
  removedNoProxy: readonly string[]
  /** How many requests to documented hosts came so far. */
  readonly requests: number
  /** How many clients refused the certificate so far. */
  readonly refusals: number
  /** Ends all connections and removes the temporary files. */
  close(): Promise<void>
}

export interface InterceptOptions {
  /** Answers requests to the documented hosts. */
  listener: RequestListener
  /** The environment that programs would have otherwise. @default process.env */
  own?: Environment
  /** Called for each request, before `listener`. */
  onRequest?(request: IncomingMessage): void
}

/** Starts to answer in place of the documented hosts. */
export async function intercept({
  listener,
  own = process.env,
  onRequest = () => {},
}: InterceptOptions): Promise<Interception> {
  const counts = { requests: 0, refusals: 0 }
  const certificates = await createCertificates()
  const front = createTlsFront({
    identity: certificates.names,
    listener,
    onRequest(request) {
      counts.requests += 1
      onRequest(request)
    },
    onRefused: () => (counts.refusals += 1),
  })
  const [proxy, open] = await Promise.all([
    startProxyPort({ front, listener }, upstreamFromEnvironment()),
    startOpenPort({ front, listener }),
  ])
  const folder = createPrivateFolder()
  const { value, removed } = reduceNoProxy(`${own['NO_PROXY'] ?? ''},${own['no_proxy'] ?? ''}`)
  return {
    environment: {
      ...variablesFor({
        own,
        folder,
        ca: certificates.ca,
        proxyUrl: proxy.url,
        openPort: open.port,
      }),
      NO_PROXY: value,
      no_proxy: value,
    },
    removedNoProxy: removed,
    get requests() {
      return counts.requests
    },
    get refusals() {
      return counts.refusals
    },
    async close() {
      folder.remove()
      await Promise.all([proxy.close(), open.close()])
    },
  }
}
