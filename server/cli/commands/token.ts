import type { Configuration } from '../configuration/configuration.js'
import { createPrinter } from '../output/print.js'
import { createMock } from './mock.js'

/** Prints one token pair, as the obtain endpoint would send it. */
export async function token(configuration: Configuration): Promise<number> {
  const { zapsign, credentials } = await createMock(configuration)
  const { username, organization } = credentials
  const pair = await zapsign.issueTokenPair(username, { organization })
  createPrinter(process.stdout).print(JSON.stringify(pair))
  return 0
}
