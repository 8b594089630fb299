import type { Printer } from './print.js'

/** What a client needs to sign in. */
export interface Access {
  url: string
  organization: string
  username: string
  password: string
  /** Of the authority that signed the server's certificate; needed only for the mock's own certificate. */
  caFile?: string
}

/** What the banner shows besides. */
interface MockDetails {
  /** The name of the configuration file. */
  config?: string | undefined
  /** The number of users. */
  users: number
  /** Where the console page is, if the control API is on. */
  console?: string | undefined
}

/** Prints the configuration file, the number of users, a user's credentials, and an example call. */
export function printBanner(
  access: Access,
  { config, users, console }: MockDetails,
  { print }: Printer,
): void {
  const { url, organization, username, password } = access
  print({ style: 'bold', text: 'zapsign-mock' }, ' is listening at ', { style: 'cyan', text: url })
  print()
  if (config !== undefined) print(`  configuration  ${config}`)
  if (console !== undefined) print(`  console        ${console}`)
  print(`  users          ${users}`)
  print(`  organization   ${organization}`)
  print(`  username       ${username}`)
  print(`  password       ${password}`)
  print()
  print('Try it:')
  print(`  ${curlCommand(access)}`)
  print()
}

/** A command line for a POSIX shell. */
export function curlCommand({ url, organization, username, password, caFile }: Access): string {
  const address = `${url}/api/v1/auth/token/${encodeURIComponent(organization)}/`
  const body = JSON.stringify({ username, password })
  const trust = caFile === undefined ? '' : ` --cacert ${quote(caFile)}`
  return `curl${trust} ${quote(address)} -H 'Content-Type: application/json' -d ${quote(body)}`
}

function quote(text: string): string {
  return /^[\w.:/%-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
