import { type Alias, type Document, Lexer, Parser, parseDocument, visit } from 'yaml'

/** Makes the error for a mistake at a position of the text. */
export type MistakeAt = (position: number, what: string) => Error

/** The value of a YAML text; an empty text is an object without keys. Throws the error that `mistakeAt` makes. */
export function parseYaml(text: string, mistakeAt: MistakeAt): unknown {
  const tooDeep = positionBelow(MOST_LEVELS, text)
  if (tooDeep !== undefined) throw mistakeAt(tooDeep, 'its values are nested too deeply')
  const document = parseDocument(text, { prettyErrors: false })
  const [error] = document.errors
  // The messages may quote the file, and so a password: only their codes are shown.
  if (error) throw mistakeAt(error.pos[0], error.code.toLowerCase().replaceAll('_', ' '))
  try {
    return document.toJS() ?? {}
  } catch {
    const aliases = aliasesOf(document)
    const unresolved = aliases.find((alias) => !alias.resolve(document))
    throw mistakeAt(
      (unresolved ?? aliases[0])?.range?.[0] ?? 0,
      unresolved ? 'an alias without an anchor before it' : 'its aliases cannot be expanded',
    )
  }
}

/** Levels of nesting. Composing a document is recursive, and thousands of levels would end the process. */
const MOST_LEVELS = 200

/** The first position of a text that is nested more deeply than the given number of levels. */
function positionBelow(levels: number, text: string): number | undefined {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    // The tokens are of no use here: parsing fills the stack.
    for (const _token of parser.next(lexeme));
    if (parser.stack.length > levels) return parser.offset
  }
  return undefined
}

function aliasesOf(document: Document): Alias[] {
  const aliases: Alias[] = []
  visit(document, { Alias: (_key, alias) => void aliases.push(alias) })
  return aliases
}
