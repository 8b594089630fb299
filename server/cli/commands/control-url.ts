import { show } from '../../../src/internal.js'
import { UsageError } from '../errors.js'
import { DEFAULT_PORT } from '../flags/server-settings.js'

/**
 * The base URL of the mock that a command talks to: the one given, that of the environment, or that of
 * a mock with the default port. Without a final slash and without user information, which must not be
 * printed. Throws a {@link UsageError}.
 *
 * @param name How the command line calls it.
 */
export function controlUrl(given: string | undefined, name: string): string {
  const variable = process.env['ZAPSIGN_CONTROL_URL']
  const text = given ?? (variable || `http://127.0.0.1:${DEFAULT_PORT}`)
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol))
    return url.origin + url.pathname.replace(/(?<!\/)\/+$/, '')
  const place = given === undefined ? 'ZAPSIGN_CONTROL_URL' : name
  throw new UsageError(
    `${place} must be the base URL of a mock, such as http://127.0.0.1:9277, got ${show(text)}`,
  )
}
