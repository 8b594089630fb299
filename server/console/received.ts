import { createWithhold } from './withhold.js'

/** What came in with a request, secrets withheld. */
interface Received {
  /** Without its question mark. */
  query: string
  headers: [name: string, value: string][]
  /** The start of the body, as text. */
  body: string
  /** Bytes of the whole body. */
  bodySize: number
}

/** A request as it came in. */
interface Incoming {
  query: string
  /** Names and values in turns. */
  rawHeaders: readonly string[]
  body: Uint8Array
}

/** As many requests are kept as the console page shows. */
const MOST_REQUESTS = 500

/** Bytes of a body that are kept: a request to these endpoints is much smaller. */
const MOST_BYTES = 4096

/** Keeps what came in with the newest requests. */
export interface ReceivedLog {
  /** @param id The id of the request's journal entry. */
  keep(id: number, incoming: Incoming): void
  /** @param redact Takes known passwords and API tokens out of a text. */
  find(id: number, redact: (text: string) => string): Received | undefined
}

/** Secrets are taken out when somebody looks, so that a request costs no more. */
export function createReceivedLog(): ReceivedLog {
  const kept = new Map<number, Incoming & { bodySize: number }>()

  return {
    keep(id, { query, rawHeaders, body }) {
      kept.set(id, {
        query,
        rawHeaders,
        body: body.length > MOST_BYTES ? body.slice(0, MOST_BYTES) : body,
        bodySize: body.length,
      })
      if (kept.size > MOST_REQUESTS) kept.delete(kept.keys().next().value ?? id)
    },
    find(id, redact) {
      const incoming = kept.get(id)
      if (!incoming) return undefined
      const withhold = createWithhold(redact)
      return {
        query: withhold.fields(incoming.query),
        headers: pairsOf(incoming.rawHeaders).map(([name, value]) => [
          redact(name),
          withhold.header(name, value),
        ]),
        body: withhold.fields(new TextDecoder().decode(incoming.body)),
        bodySize: incoming.bodySize,
      }
    },
  }
}

function pairsOf(list: readonly string[]): [name: string, value: string][] {
  return Array.from({ length: list.length / 2 }, (_, index) => [
    list[2 * index] ?? '',
    list[2 * index + 1] ?? '',
  ])
}
