import type { Configuration } from '../configuration.js'
import { createMock } from '../mock.js'
import { createPrinter } from '../print.js'

/** Prints one token pair, as the obtain endpoint would send it. */
export async function token(configuration: Configuration): Promise<number> {
  const { zapsign, credentials } = await createMock(configuration)
  const { username, organization } = credentials
  const pair = await zapsign.issueTokenPair(username, { organization })
  createPrinter(process.stdout).print(JSON.stringify(pair))
  return 0
}
