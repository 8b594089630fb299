import type { ServerOptions } from '../../http/options.js'
import { controlOf } from '../../http/start-provider.js'
import type { Configuration } from '../configuration/configuration.js'
import { printControlOff } from '../output/control.js'
import { printNetwork } from '../output/network.js'
import { createPrinter } from '../output/print.js'
import { printUsers, writeUsers } from '../output/users.js'
import { runChild } from './child.js'
import { createMock } from './mock.js'
import { runIntercepted } from './run-intercepted.js'
import { startRunningMock } from './start-running.js'

/**
 * Starts the mock, runs a program against it, and resolves to the program's exit code. The mock
 * prints to stderr, so that stdout contains only the program's output.
 */
export async function run(
  configuration: Configuration,
  child: [string, ...string[]],
): Promise<number> {
  const printer = createPrinter(process.stderr)
  const { log = 'silent', fixtures, intercept } = configuration
  const mock = await createMock(configuration)
  const report = (message: string) => printer.print(`zapsign-mock: ${message}`)
  const { url, to, failed, close } = await startRunningMock(mock, configuration, {
    log: { style: log, stream: 'stderr' },
    warn: report,
    report,
  })
  // The program is left to notice: its exit code is the result.
  failed.catch(({ message }) => report(message))
  try {
    printNetwork(url, configuration.server.host, printer)
    printControlOff(configuration.server, printer)
    if (fixtures?.file !== undefined) writeUsers(fixtures.file, mock.generatedUsers)
    else if (mock.generatedUsers.length > 0) printUsers(mock.generatedUsers, printer)
    const { organization, username, password } = mock.credentials
    const environment = {
      ZAPSIGN_BASE_URL: url,
      ZAPSIGN_API_URL: `${url}/api/v1`,
      ZAPSIGN_ORGANIZATION_ID: organization,
      ZAPSIGN_USERNAME: username,
      ZAPSIGN_PASSWORD: password,
      ...controlVariables(url, configuration.server),
    }
    if (!intercept) return await runChild(child, environment)
    return await runIntercepted(child, { to, environment, printer })
  } finally {
    await close()
  }
}

/** What `connect()` and `zapsign-mock control` need. An empty text hides the address of another mock. */
function controlVariables(url: string, server: ServerOptions): Record<string, string> {
  const control = controlOf(server)
  if (control) {
    const { token } = control
    return { ZAPSIGN_CONTROL_URL: url, ...(token && { ZAPSIGN_CONTROL_TOKEN: token }) }
  }
  return process.env['ZAPSIGN_CONTROL_URL'] ? { ZAPSIGN_CONTROL_URL: '' } : {}
}
