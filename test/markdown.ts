import { Lexer, type MarkedToken, type Token, walkTokens } from 'marked'

type Named<T> = Extract<MarkedToken, { type: T }>

function tokensOf<T extends MarkedToken['type']>(markdown: string, type: T): Named<T>[] {
  const found: Named<T>[] = []
  const isNamed = (token: Token): token is Named<T> => token.type === type
  walkTokens(Lexer.lex(markdown), (token) => {
    if (isNamed(token)) found.push(token)
  })
  return found
}

/** A block of code, with the word behind its fence. */
export interface Block {
  language: string
  code: string
}

/** The blocks of code in a page. One that is only indented has the language `indented`. */
export function blocksOf(markdown: string): Block[] {
  return tokensOf(markdown, 'code').map(({ lang, text, codeBlockStyle }) => ({
    language: codeBlockStyle ?? lang ?? '',
    code: `${text}\n`,
  }))
}

export interface Heading {
  depth: number
  text: string
  /** What a link to it names: as GitHub and npm make it. */
  anchor: string
}

export function headingsOf(markdown: string): Heading[] {
  return tokensOf(markdown, 'heading').map(({ depth, text }) => ({
    depth,
    text,
    anchor: text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  }))
}

/** Where the links and images of a page lead. */
export function linksOf(markdown: string): string[] {
  return [...tokensOf(markdown, 'link'), ...tokensOf(markdown, 'image')].map(({ href }) => href)
}

/** The cells of a page's tables, row by row, without the headers. */
export function rowsOf(markdown: string): string[][] {
  return tokensOf(markdown, 'table').flatMap(({ rows }) =>
    rows.map((row) => row.map(({ text }) => text)),
  )
}
