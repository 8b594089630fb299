import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { applyDiff } from './contributing/apply.js'
import { blocksOf as stepsOf } from './guides/blocks.js'
import { blocksOf } from './markdown.js'

const read = (file: string) => readFileSync(file, 'utf8')
const SCRIPTS = Object.keys(JSON.parse(read('package.json')).scripts)

/** The worked examples of CONTRIBUTING.md are followed by `npm run test:contributing`. */
const PAGES = ['docs/architecture.md', 'docs/testing.md', 'docs/fidelity.md', 'docs/releasing.md']

/** Names of files and folders of the repository, in a page: `src/tokens.ts`, `test/src/`. */
const pathsIn = (text: string) =>
  [
    ...text.matchAll(
      /(?<![\w/.-])(?:src|mocks|server|contracts|test|docs|examples|bench)\/[\w./-]*/g,
    ),
  ].map(([path]) => path.replace(/\.$/, ''))

const scriptsIn = (text: string) =>
  [...text.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name = '']) => name)

test.each([...PAGES, 'CONTRIBUTING.md'])('%s names scripts that exist', (page) => {
  expect(scriptsIn(read(page)).filter((name) => !SCRIPTS.includes(name))).toEqual([])
})

test.each(PAGES)('%s names files and folders that exist', (page) => {
  expect(pathsIn(read(page)).filter((path) => !existsSync(path))).toEqual([])
})

test('the test map has every folder and every kind of test', () => {
  const map = read('docs/testing.md')
  const folders = readdirSync('test', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `test/${name}/`)
  expect(folders.filter((folder) => !map.includes(`| \`${folder}\` |`))).toEqual([])
  const kinds = SCRIPTS.filter((name) => /^test|^provider:|^check:|^bench$/.test(name))
  const named = [...scriptsIn(map), ...(map.includes('`npm test`') ? ['test'] : [])]
  expect(kinds.filter((name) => !named.includes(name))).toEqual([])
})

test('the architecture has a row for every folder with an import rule', () => {
  const [, table = ''] = /const ALLOWED[^{]*\{(.*?)\n\}/s.exec(read('test/imports.test.ts')) ?? []
  const rules = [...table.matchAll(/^ {2}'?([\w/]+)'?: \[/gm)].map(([, name]) => `${name}/`)
  expect(rules).toContain('server/store/')
  const page = read('docs/architecture.md')
  // Each folder in server/ has a row instead.
  const missing = rules.filter((name) => name !== 'server/' && !page.includes(`| \`${name}\` |`))
  expect(missing).toEqual([])
})

/** A light check: `mermaid` itself has 150 dependencies. Its parser accepted the diagram when it was written. */
test('the diagram uses only participants that it declares, and the statements of a sequence', () => {
  const [diagram] = blocksOf(read('docs/architecture.md')).filter(
    ({ language }) => language === 'mermaid',
  )
  const [first, ...lines] = (diagram?.code ?? '').split('\n').map((line) => line.trim())
  expect(first).toBe('sequenceDiagram')
  const declared = lines.flatMap((line) => /^participant (\w+) as \S/.exec(line)?.[1] ?? [])
  const wrong = lines.filter((line) => {
    if (line === '' || line.startsWith('participant ')) return false
    const arrow = /^(\w+)--?>>(\w+): [^;#]+$/.exec(line) ?? /^Note over (\w+)(): [^;#]+$/.exec(line)
    const [, from = '', to = ''] = arrow ?? []
    return !declared.includes(from) || (to !== '' && !declared.includes(to))
  })
  expect(wrong).toEqual([])
  expect(declared).toHaveLength(6)
})

test('the changes in CONTRIBUTING.md fit the files that they change', () => {
  const contents = new Map<string, string>()
  for (const { language, file, text } of stepsOf(read('CONTRIBUTING.md')))
    if (file && language === 'diff')
      contents.set(file, applyDiff(file, contents.get(file) ?? read(file), text))
  expect(contents.size).toBeGreaterThan(9)
})
