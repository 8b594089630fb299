import { printBanner, printUsers } from '../banner.js'
import type { Configuration } from '../configuration.js'
import { createLog } from '../log.js'
import { createMock } from '../mock.js'
import { createPrinter } from '../print.js'
import { untilSignal } from '../signals.js'
import { startMock } from '../start-mock.js'

/** Starts the mock and keeps it until a signal ends it. */
export async function serve(configuration: Configuration): Promise<number> {
  const printer = createPrinter(process.stdout)
  const mock = await createMock(configuration)
  const { url, port, zapsign, close } = await startMock(mock, configuration)
  zapsign.journal.subscribe(createLog(configuration.log ?? 'pretty', printer))

  const shown = configuration.fixtures?.file ? [] : mock.madeUp
  if (configuration.json) {
    const { organization, username, password } = mock.credentials
    const users = shown.length > 0 ? { users: shown } : {}
    printer.print(
      JSON.stringify({ url, port, organization, username, password, pid: process.pid, ...users }),
    )
  } else {
    printBanner({ url, ...mock.credentials }, printer)
    if (shown.length > 0) printUsers(shown, printer)
  }

  await untilSignal()
  await close()
  return 0
}
