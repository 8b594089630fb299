import type { Configuration } from '../configuration/configuration.js'
import { printUsers } from '../output/banner.js'
import { createLog } from '../output/log.js'
import { createPrinter } from '../output/print.js'
import { writeUsers } from '../output/users-file.js'
import { runChild } from './child.js'
import { createMock } from './mock.js'
import { startMock } from './start-mock.js'

/**
 * Starts the mock, runs a program against it, and exits with the program's code. All
 * that the mock itself has to say goes to stderr, so that the program's output stays its own.
 */
export async function run(
  configuration: Configuration,
  child: [string, ...string[]],
): Promise<number> {
  const printer = createPrinter(process.stderr)
  const { log = 'silent', fixtures } = configuration
  const mock = await createMock(configuration)
  const { url, zapsign, close } = await startMock(mock, configuration)
  zapsign.journal.subscribe(createLog(log, printer))
  try {
    if (fixtures?.file !== undefined) writeUsers(fixtures.file, mock.madeUp)
    else if (mock.madeUp.length > 0) printUsers(mock.madeUp, printer)
    const { organization, username, password } = mock.credentials
    return await runChild(child, {
      ZAPSIGN_BASE_URL: url,
      ZAPSIGN_API_URL: `${url}/api/v1`,
      ZAPSIGN_ORGANIZATION_ID: organization,
      ZAPSIGN_USERNAME: username,
      ZAPSIGN_PASSWORD: password,
    })
  } finally {
    await close()
  }
}
