import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import { linksOf } from '../markdown.js'
import { blocksOf } from './blocks.js'

const GUIDES = readdirSync('docs/guides').map((file) => join('docs/guides', file))
const INDEX = readFileSync('docs/README.md', 'utf8')
const text = (page: string) => readFileSync(page, 'utf8')

/** The files that a page links to. */
const filesOf = (page: string) =>
  linksOf(text(page))
    .filter((link) => !/^(https?:|#)/.test(link))
    .map((link) => link.replace(/#.*/, ''))

test('the index lists every page of the documentation once', () => {
  const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .filter((file) => !/^(decisions\/0|api\/)/.test(file))
  expect(
    filesOf('docs/README.md')
      .filter((link) => !link.startsWith('..'))
      .sort(),
  ).toEqual(pages.sort())
})

test('the index names each guide by its title', () => {
  const titles = GUIDES.map((page) => /^# (.+)/.exec(text(page))?.[1])
  const named = [...INDEX.matchAll(/^- \[(.+?)\]\(guides\//gm)].map(([, title]) => title)
  expect(named.sort()).toEqual(titles.sort())
})

// `test/links.test.ts` checks the pages of the package.
test('every link in the decisions works', () => {
  const pages = globSync('docs/decisions/*.md')
  const broken = pages.flatMap((page) =>
    filesOf(page)
      .filter((link) => !existsSync(join(dirname(page), link)))
      .map((link) => `${page}: ${link}`),
  )
  expect(broken).toEqual([])
})

test.each(GUIDES)('%s is at most 80 lines long', (page) => {
  expect(text(page).trimEnd().split('\n').length).toBeLessThanOrEqual(80)
})

test.each(GUIDES)(
  'every block of %s is a file, a command, its output, or says why it cannot run',
  (page) => {
    const idle = blocksOf(text(page)).filter(
      ({ file, notRun, words }) => !file && !notRun && words.length === 0,
    )
    expect(idle).toEqual([])
  },
)

test.each(GUIDES)('the paragraph before each file of %s names the file', (page) => {
  const unnamed = blocksOf(text(page)).filter(
    ({ file, before }) => file && !before.includes(`\`${file}\``),
  )
  expect(unnamed).toEqual([])
})

test.each(GUIDES)('every flag of the command in %s exists', (page) => {
  const known = globSync('server/cli/flags/*.ts').map(text).join('\n')
  const flags = [...text(page).matchAll(/zapsign-mock [^\n`]*/g)].flatMap(
    ([line]) => line.split(' -- ')[0]?.match(/(?<=\s)--[a-z][a-z-]+/g) ?? [],
  )
  expect(flags.filter((flag) => !known.includes(`${flag}`))).toEqual([])
})

test('a word after a fence that has no meaning is refused', () => {
  expect(() => blocksOf('```sh rnu\nls\n```')).toThrow('the word "rnu" has no meaning')
})

test('a block is read with its words and the paragraph before it', () => {
  const page =
    'A text.\n\nThe file `a.ts`\nis short:\n\n```ts file=a.ts not-run="it is slow"\n1\n```\n'
  expect(blocksOf(page)).toEqual([
    {
      language: 'ts',
      words: [],
      file: 'a.ts',
      notRun: 'it is slow',
      text: '1\n',
      before: 'The file `a.ts`\nis short:',
    },
  ])
})
