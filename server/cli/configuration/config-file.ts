import { existsSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { readTextFile } from '../../files/read-file.js'
import { UsageError, usage } from '../errors.js'

/** The names that are looked for in the current folder. */
const DEFAULT_FILES = ['json', 'yaml', 'yml'].map((ending) => `zapsign-mock.config.${ending}`)

/** A configuration file's content, not validated yet. */
export interface ConfigFile {
  /** The name that messages use. */
  name: string
  content: unknown
}

/** Reads the named file, or the default file if there is one. Throws a {@link UsageError}. */
export async function readConfigFile(
  named: string | undefined,
  folder: string,
): Promise<ConfigFile | undefined> {
  const name = named ?? findDefault(folder)
  if (name === undefined) return undefined
  const parse = PARSERS[extname(name)]
  if (!parse) throw new UsageError(`${name} must be a .json, .yaml or .yml file`)
  const text = usage(() => readTextFile(name, resolve(folder, name)))
  return { name, content: await parse(name, text) }
}

function findDefault(folder: string): string | undefined {
  const found = DEFAULT_FILES.filter((name) => existsSync(resolve(folder, name)))
  if (found.length > 1) {
    throw new UsageError(
      `Found more than one configuration file, ${found.join(' and ')}: choose one with --config`,
    )
  }
  return found[0]
}

const PARSERS: Readonly<Record<string, (name: string, text: string) => unknown>> = {
  '.json': parseJson,
  '.yaml': parseYamlFile,
  '.yml': parseYamlFile,
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    // The message may quote the file, and so a password: only its position is shown.
    const position = /position (\d+)/.exec((error as Error).message)?.[1]
    const place = position === undefined ? '' : placeOf(Number(position), text)
    throw new UsageError(`${name} is not valid JSON${place}`)
  }
}

/** Loads the YAML parser only for those who need it. */
async function parseYamlFile(name: string, text: string): Promise<unknown> {
  const { parseYaml } = await import('./parse-yaml.js')
  return parseYaml(
    text,
    (position, what) =>
      new UsageError(`${name} is not valid YAML${placeOf(position, text)}: ${what}`),
  )
}

/** A position in a text as ` (line 2, column 1)`. */
function placeOf(position: number, text: string): string {
  const lines = text.slice(0, position).split('\n')
  return ` (line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1})`
}
