import { unwatchFile, watchFile } from 'node:fs'
import { resolve } from 'node:path'
import { internalsOf } from '../../../src/internal.js'
import type { Configuration } from '../configuration/configuration.js'
import { UsageError } from '../errors.js'
import { createMock } from './mock.js'
import type { Switchable } from './switchable.js'

/** Milliseconds between two looks at the file. Looking works with every editor and in containers. */
const INTERVAL = 250

interface WatchParts {
  /** Reads the configuration anew. */
  reload(): Promise<Configuration>
  report(message: string): void
}

/**
 * Replaces the provider when the configuration file changes. Clock and journal stay, and so do the port
 * and everything else of the server. A file that cannot be used changes nothing. Returns the function
 * that stops it. Throws a {@link UsageError} without a file.
 */
export function watchConfiguration(
  file: string | undefined,
  provider: Switchable,
  { reload, report }: WatchParts,
): () => void {
  if (file === undefined)
    throw new UsageError('--watch needs a configuration file: name one with --config')
  const path = resolve(file)

  async function replace(): Promise<void> {
    try {
      const configuration = await reload()
      const { zapsign } = await createMock(configuration, internalsOf(provider.current()).kept)
      provider.replace(zapsign)
      report(`${file} has changed: the new configuration is in force`)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      report(`${file} has changed, but the old configuration stays: ${error.message}`)
    }
  }

  let done = Promise.resolve()
  const changed = () => {
    done = done.then(replace)
  }
  watchFile(path, { interval: INTERVAL, persistent: false }, changed)
  return () => unwatchFile(path, changed)
}
