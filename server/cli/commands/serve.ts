import type { ZapSignServer } from '../../http/start-server.js'
import type { Configuration } from '../configuration/configuration.js'
import { printBanner } from '../output/banner.js'
import { createLog } from '../output/log.js'
import { createPrinter } from '../output/print.js'
import { printUsers, writeUsers } from '../output/users.js'
import { untilSignal } from '../signals.js'
import { createMock, type Mock } from './mock.js'
import { startMock } from './start-mock.js'

/** Starts the mock and runs it until a signal ends it. */
export async function serve(configuration: Configuration): Promise<number> {
  // A client that reads the ready line may send a signal at once.
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
  { generatedUsers, credentials }: Mock,
  { url, port, zapsign }: ZapSignServer,
): void {
  const stdout = createPrinter(process.stdout)
  zapsign.journal.subscribe(createLog(log, stdout))
  const file = fixtures?.file
  if (file !== undefined) writeUsers(file, generatedUsers)
  const shown = file === undefined ? generatedUsers : []
  if (json) {
    const { organization, username } = credentials
    const users = shown.map(({ password, ...user }) => user)
    const ready = { url, port, organization, username, pid: process.pid }
    stdout.print(JSON.stringify(users.length > 0 ? { ...ready, users } : ready))
    return
  }
  // Stdout contains JSON lines and nothing else.
  const printer = log === 'json' ? createPrinter(process.stderr) : stdout
  printBanner({ url, ...credentials }, printer)
  if (shown.length > 0) printUsers(shown, printer)
}
