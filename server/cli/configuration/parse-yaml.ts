import { type Alias, type Document, parseDocument, visit } from 'yaml'
import { UsageError } from '../errors.js'
import { placeIn } from './place-in.js'

/** The value of a YAML text; an empty one is an object without keys. Throws a {@link UsageError}. */
export function parseYaml(name: string, text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false })
  const mistake = (position: number, what: string) =>
    new UsageError(`${name} is not valid YAML${placeIn(text, position)}: ${what}`)
  const [error] = document.errors
  // The messages may quote the file, and so a password: only their codes are shown.
  if (error) throw mistake(error.pos[0], error.code.toLowerCase().replaceAll('_', ' '))
  try {
    return document.toJS() ?? {}
  } catch {
    const aliases = aliasesOf(document)
    const lost = aliases.find((alias) => !alias.resolve(document))
    throw mistake(
      (lost ?? aliases[0])?.range?.[0] ?? 0,
      lost ? 'an alias without an anchor before it' : 'it cannot be written out in full',
    )
  }
}

function aliasesOf(document: Document): Alias[] {
  const aliases: Alias[] = []
  visit(document, { Alias: (_key, alias) => void aliases.push(alias) })
  return aliases
}
