import { parseDocument } from 'yaml'
import { UsageError } from './errors.js'
import { placeIn } from './place-in.js'

/** The value of a YAML text; an empty one is an object without keys. Throws a {@link UsageError}. */
export function parseYaml(name: string, text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false })
  const [error] = document.errors
  if (!error) return document.toJS() ?? {}
  throw new UsageError(`${name} is not valid YAML${placeIn(text, error.pos[0])}: ${error.message}`)
}
