import type { ZapSignServer } from '../../http/start-server.js'
import type { Configuration } from '../configuration/configuration.js'
import { printBanner, printUsers } from '../output/banner.js'
import { createLog } from '../output/log.js'
import { createPrinter } from '../output/print.js'
import { writeUsers } from '../output/users-file.js'
import { untilSignal } from '../signals.js'
import { createMock, type Mock } from './mock.js'
import { startMock } from './start-mock.js'

/** Starts the mock and keeps it until a signal ends it. */
export async function serve(configuration: Configuration): Promise<number> {
  // Before anybody can have read that it is ready, and answer with a signal.
  const signalled = untilSignal()
  const mock = await createMock(configuration)
  const server = await startMock(mock, configuration)
  try {
    announce(configuration, mock, server)
    await signalled
  } finally {
    await server.close()
  }
  return 0
}

function announce(
  { log = 'pretty', json, fixtures }: Configuration,
  { madeUp, credentials }: Mock,
  { url, port, zapsign }: ZapSignServer,
): void {
  const stdout = createPrinter(process.stdout)
  zapsign.journal.subscribe(createLog(log, stdout))
  const file = fixtures?.file
  if (file !== undefined) writeUsers(file, madeUp)
  const shown = file === undefined ? madeUp : []
  if (json) {
    const { organization, username } = credentials
    const users = shown.map(({ password, ...user }) => user)
    const ready = { url, port, organization, username, pid: process.pid }
    stdout.print(JSON.stringify(users.length > 0 ? { ...ready, users } : ready))
    return
  }
  // Whoever asked for lines of JSON gets nothing else there.
  const printer = log === 'json' ? createPrinter(process.stderr) : stdout
  printBanner({ url, ...credentials }, printer)
  if (shown.length > 0) printUsers(shown, printer)
}
