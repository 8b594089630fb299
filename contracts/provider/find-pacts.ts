import { PactFileError } from '../errors.js'
import { type PactContent, readPactFile } from '../pact/read-pact.js'
import { type BrokerPact, createBroker } from './broker.js'
import { referencePact } from './check-interactions.js'
import { isHttpUrl, type VerifySettings } from './verify-settings.js'

/** The pacts of a run. */
export interface FoundPacts {
  pacts: (PactContent | BrokerPact)[]
  /** One sentence for each pact that could not be read. */
  unreadable: string[]
}

/** The broker at `brokerBaseUrl`, or on the host of the first pact with a URL. */
export function brokerUrlOf({ brokerBaseUrl, pacts = [] }: VerifySettings): string | undefined {
  const url = pacts.find(isHttpUrl)
  return brokerBaseUrl ?? (url && new URL(url).origin)
}

/**
 * Reads the pacts of a run. Rejects with a {@link PactFileError} when none of them can be read, and with a
 * `BrokerError` for a broker that cannot be used.
 */
export async function findPacts(settings: VerifySettings): Promise<FoundPacts> {
  const read = await readAll(settings)
  const faults = read.filter((one) => one instanceof PactFileError)
  const [first] = faults
  if (first && faults.length === read.length) throw first
  return {
    pacts: read.filter((one): one is PactContent => !(one instanceof PactFileError)),
    unreadable: faults.map(({ message }) => message),
  }
}

type Read = PactContent | BrokerPact | PactFileError

async function readAll(settings: VerifySettings): Promise<Read[]> {
  const { pacts = [] } = settings
  const brokerUrl = brokerUrlOf(settings)
  if (brokerUrl === undefined) {
    if (pacts.length === 0) return [referencePact()]
    return Promise.all(pacts.map((pact) => orFault(() => readPactFile(pact))))
  }
  const broker = createBroker(settings, brokerUrl)
  const named: Read[] = []
  for (const pact of pacts)
    named.push(await orFault(() => (isHttpUrl(pact) ? broker.fetchPact(pact) : readPactFile(pact))))
  if (pacts.some(isHttpUrl)) return named
  const listed = await broker.fetchPacts((fetchPact) => orFault(fetchPact))
  return [...named, ...listed]
}

/** What a function reads, or why it cannot be read. */
async function orFault<P>(read: () => P | Promise<P>): Promise<P | PactFileError> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof PactFileError) return error
    throw error
  }
}
