import type { User } from '../../../src/index.js'
import type { Printer } from './print.js'

/** What somebody needs to call the mock. */
export interface Access {
  url: string
  organization: string
  username: string
  password: string
}

/** Says where the mock is, who can sign in, and how. */
export function printBanner(access: Access, { print, paint }: Printer): void {
  const { url, organization, username, password } = access
  print(`${paint('bold', 'zapsign-mock')} stands in for ZapSign at ${paint('cyan', url)}`)
  print('')
  print(`  organization  ${organization}`)
  print(`  username      ${username}`)
  print(`  password      ${password}`)
  print('')
  print('Try it:')
  print(`  ${curlCommand(access)}`)
  print('')
}

/** One line that works when it is pasted into a POSIX shell. */
export function curlCommand({ url, organization, username, password }: Access): string {
  const address = `${url}/api/v1/auth/token/${encodeURIComponent(organization)}/`
  const body = JSON.stringify({ username, password })
  return `curl ${quote(address)} -H 'Content-Type: application/json' -d ${quote(body)}`
}

function quote(text: string): string {
  return /^[\w.:/%-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** Lists users who were made up. */
export function printUsers(users: readonly User[], { print }: Printer): void {
  const width = Math.max(...users.map(({ username }) => username.length))
  for (const { username, password } of users) print(`  ${username.padEnd(width)}  ${password}`)
  print('')
}
