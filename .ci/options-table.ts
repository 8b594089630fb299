/** Writes the table of options in the README, from the doc comments of the options. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SOURCES = [
  ['src/options.ts', 'ZapSignOptions'],
  ['server/http/options.ts', 'ListenOptions'],
  ['server/http/options.ts', 'RequestOptions'],
  ['server/http/options.ts', 'ServerRoutesOptions'],
  ['server/http/options.ts', 'ServerControlOptions'],
  ['server/http/options.ts', 'StoreOptions'],
  ['server/cli/configuration/options.ts', 'ProcessOptions'],
] as const

const [START, END] = ['<!-- options -->', '<!-- /options -->']

/** The README with the table as it should be. */
export function withOptionsTable(readme: string): string {
  const [before = '', rest = ''] = readme.split(START)
  const [, after = ''] = rest.split(END)
  return `${before}${START}\n${optionsTable()}${END}${after}`
}

function optionsTable(): string {
  const rows = SOURCES.flatMap(([file, name]) => rowsOf(readFileSync(file, 'utf8'), name))
  return `| option | what it does | default |\n|---|---|---|\n${rows.join('')}`
}

/** One row for each documented property of an interface. */
function rowsOf(source: string, name: string): string[] {
  const start = source.indexOf(`interface ${name} `)
  if (start < 0) throw new Error(`There is no interface ${name}`)
  const body = source.slice(start, source.indexOf('\n}', start))
  const properties = body.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s+(\w+)\??:/g)
  return [...properties].map(([, comment = '', property = '']) => {
    const text = comment
      .replace(/^\s*\*/gm, '')
      .replace(/\s+/g, ' ')
      .trim()
    const [what = '', byDefault = ''] = text.split(' @default ')
    const cells = [`\`${property}\``, what, byDefault].map((cell) => cell.replaceAll('|', '\\|'))
    return `| ${cells.join(' | ')} |\n`
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync('README.md', withOptionsTable(readFileSync('README.md', 'utf8')))
