import { existsSync, readFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { UsageError } from '../errors.js'
import { placeIn } from './place-in.js'

/** Found by themselves in the current folder. */
const DEFAULT_FILES = ['json', 'yaml', 'yml'].map((ending) => `zapsign-mock.config.${ending}`)

/** A configuration file's content, unchecked. */
export interface ConfigFile {
  /** As messages call it. */
  name: string
  content: unknown
}

/** Reads the named file, or the default one where there is one. Throws a {@link UsageError}. */
export async function readConfigFile(
  named: string | undefined,
  folder: string,
): Promise<ConfigFile | undefined> {
  const name = named ?? findDefault(folder)
  if (name === undefined) return undefined
  const parse = PARSERS[extname(name)]
  if (!parse) throw new UsageError(`${name} must be a .json, .yaml or .yml file`)
  return { name, content: await parse(name, readText(name, resolve(folder, name))) }
}

function findDefault(folder: string): string | undefined {
  const found = DEFAULT_FILES.filter((name) => existsSync(resolve(folder, name)))
  if (found.length > 1) {
    throw new UsageError(`There are ${found.join(' and ')}: name one with --config`)
  }
  return found[0]
}

function readText(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${describe(error)}`)
  }
}

function describe(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a folder'
  if (code === 'EACCES') return 'permission denied'
  return message
}

const PARSERS: Readonly<Record<string, (name: string, text: string) => unknown>> = {
  '.json': parseJson,
  '.yaml': parseYamlWhenAsked,
  '.yml': parseYamlWhenAsked,
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    // The message may quote the file, and so a password: only its position is shown.
    const position = /position (\d+)/.exec((error as Error).message)?.[1]
    throw new UsageError(
      `${name} is not valid JSON${position ? placeIn(text, Number(position)) : ''}`,
    )
  }
}

/** Most who call have no YAML: its parser is loaded for those who have. */
async function parseYamlWhenAsked(name: string, text: string): Promise<unknown> {
  const { parseYaml } = await import('./parse-yaml.js')
  return parseYaml(name, text)
}
