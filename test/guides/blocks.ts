import { Lexer } from 'marked'

/**
 * The blocks of code in a guide. The first word after the fence is the language; the others say what the
 * block is: `file=PATH` (a file of the reader's project), `run` (commands that the reader types), `fails`
 * (these commands must fail), `output` (lines that the commands before print), `steps` (a file whose
 * commands a CI service or a container runs), and `not-run="REASON"`.
 */
export interface Block {
  language: string
  words: readonly string[]
  file?: string
  /** Why the block cannot run. */
  notRun?: string
  text: string
  /** The paragraph before the block. */
  before: string
}

export function blocksOf(markdown: string): Block[] {
  const tokens = Lexer.lex(markdown).filter(({ type }) => type !== 'space')
  return tokens.flatMap((token, index) => {
    if (token.type !== 'code') return []
    const before = tokens[index - 1]?.raw.trimEnd() ?? ''
    return [{ ...read(token['lang'] ?? ''), text: `${token['text']}\n`, before }]
  })
}

/** What a block is, by the words after its fence. Throws for a word that has no meaning. */
function read(info: string): Omit<Block, 'text' | 'before'> {
  const [language = '', ...given] = info.match(/[\w-]+="[^"]*"|\S+/g) ?? []
  const block: Omit<Block, 'text' | 'before'> & { words: string[] } = { language, words: [] }
  for (const word of given) {
    const [, name, value = ''] = /^([\w-]+)=(?:"([^"]*)"|\S+)$/.exec(word) ?? []
    if (name === 'file') block.file = word.slice('file='.length)
    else if (name === 'not-run') block.notRun = value
    else if (['run', 'fails', 'output', 'steps'].includes(word)) block.words.push(word)
    else throw new Error(`\`\`\`${info}: the word "${word}" has no meaning`)
  }
  return block
}
