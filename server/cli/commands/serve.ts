import { printableJson } from '../../../src/internal.js'
import { controlOf } from '../../http/start-provider.js'
import type { Configuration } from '../configuration/configuration.js'
import { untilParentEnds, untilSignal } from '../endings.js'
import { printBanner } from '../output/banner.js'
import { printControlOff } from '../output/control.js'
import { defaultStyle } from '../output/log.js'
import { printNetwork } from '../output/network.js'
import { createPrinter, type Printer } from '../output/print.js'
import { printUsers, writeUsers } from '../output/users.js'
import { createMock, type Mock } from './mock.js'
import type { RunningMock } from './running-mock.js'
import { startRunningMock } from './start-running.js'
import { createSwitchable } from './switchable.js'
import { watchConfiguration } from './watch-configuration.js'

/**
 * Starts the mock and runs it until a signal ends it, or the end of its parent if that is watched.
 *
 * @param reload Reads the configuration anew.
 */
export async function serve(
  configuration: Configuration,
  reload: () => Promise<Configuration>,
): Promise<number> {
  // A client that reads the ready line may send a signal at once.
  const endings = [untilSignal(), ...(configuration.parentWatch ? [untilParentEnds()] : [])]
  const mock = await createMock(configuration)
  const provider = configuration.watch ? createSwitchable(mock.zapsign) : undefined
  if (provider) mock.zapsign = provider.zapsign
  const warn = (message: string) => printerForPeople(configuration).print(message)
  const unwatch =
    provider && watchConfiguration(configuration.config, provider, { reload, report: warn })
  const stream = configuration.json ? 'stderr' : 'stdout'
  const { log = defaultStyle(process[stream]) } = configuration
  const server = await startRunningMock(mock, configuration, {
    log: { style: log, stream },
    warn: configuration.log === 'silent' ? () => {} : warn,
    report: (message) => createPrinter(process.stderr).print(`zapsign-mock: ${message}`),
  })
  try {
    announce(configuration, mock, server)
    await Promise.race([...endings, server.failed])
  } finally {
    unwatch?.()
    await server.close()
  }
  return 0
}

/**
 * On a terminal, stdout has the banner and the log. Else it has JSON lines, the ready line or the log,
 * and the banner goes to stderr.
 */
function announce(configuration: Configuration, mock: Mock, server: RunningMock): void {
  const { json, fixtures } = configuration
  const file = fixtures?.file
  if (file !== undefined) writeUsers(file, mock.generatedUsers)
  const users = file === undefined ? mock.generatedUsers : []
  const forPeople = printerForPeople(configuration)
  if (json) printReady({ ...mock, generatedUsers: users }, server)
  else
    printBanner(
      { url: server.url, ...mock.credentials, ...caFileOf(configuration) },
      detailsOf(configuration, server.url, mock),
      forPeople,
    )
  printNetwork(server.url, configuration.server.host, forPeople)
  printControlOff(configuration.server, forPeople)
  if (!json && users.length > 0) printUsers(users, forPeople)
}

/** A log of JSON lines leaves no room for anything else on stdout. */
function printerForPeople({ log = defaultStyle(process.stdout), json }: Configuration): Printer {
  return createPrinter(json || log === 'json' ? process.stderr : process.stdout)
}

function caFileOf({ server: { tls } }: Configuration): { caFile?: string } {
  return typeof tls === 'object' && tls.caOut !== undefined ? { caFile: tls.caOut } : {}
}

function detailsOf({ config, server }: Configuration, url: string, { zapsign }: Mock) {
  const console = controlOf(server) ? `${url}/__zapsign/` : undefined
  return { config, console, users: zapsign.users.length }
}

/** The line for scripts, without passwords. */
function printReady({ credentials, generatedUsers }: Mock, { url, port }: RunningMock): void {
  const { organization, username } = credentials
  const users = generatedUsers.map(({ password, ...user }) => user)
  const ready = { url, port, organization, username, pid: process.pid }
  createPrinter(process.stdout).print(printableJson(users.length > 0 ? { ...ready, users } : ready))
}
