import { wireBytes } from '../python/codecs.js'
import { parseForm, TooManyFieldsError } from '../python/urllib.js'

const NO_FIELDS: ReadonlyMap<string, string> = new Map()

/** The fields of a raw query, or `undefined` when there are more than the framework accepts. */
export function readQuery(query: string): ReadonlyMap<string, string> | undefined {
  if (query === '') return NO_FIELDS
  try {
    return parseForm(wireBytes(query))
  } catch (error) {
    if (error instanceof TooManyFieldsError) return undefined
    throw error
  }
}
