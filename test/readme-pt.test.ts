import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { blocksOf, headingsOf, linksOf, rowsOf } from './markdown.js'

const ENGLISH = readFileSync('README.md', 'utf8')
const PORTUGUESE = readFileSync('README.pt-BR.md', 'utf8')

/** Links within the page as the number of the section, so that they are the same in both languages. */
function numberedLinksOf(markdown: string): string[] {
  const anchors = headingsOf(markdown).map(({ anchor }) => `#${anchor}`)
  return linksOf(markdown).map((link) =>
    link.startsWith('#') ? `section ${anchors.indexOf(decodeURI(link))}` : link,
  )
}

/** What is the same in every language in a cell. */
const codeIn = (cell: string) => cell.match(/`[^`]*`/g) ?? []

test('the Portuguese README has the sections of the English one, in the same order', () => {
  const depths = (markdown: string) => headingsOf(markdown).map(({ depth }) => depth)
  expect(depths(PORTUGUESE)).toEqual(depths(ENGLISH))
})

test('the Portuguese README has the same code, byte for byte', () => {
  expect(blocksOf(PORTUGUESE)).toEqual(blocksOf(ENGLISH))
})

test('the Portuguese README has the same links, in the same order', () => {
  const english = numberedLinksOf(ENGLISH)
  expect(english).toContain('README.pt-BR.md')
  expect(numberedLinksOf(PORTUGUESE)).toEqual(
    english.map((link) => (link === 'README.pt-BR.md' ? 'README.md' : link)),
  )
})

test('the tables of the Portuguese README name the same things, and the same sources', () => {
  const named = (markdown: string) =>
    rowsOf(markdown).map(([first = '', second = '']) => [
      codeIn(first),
      /^[a-z-]+$/.test(second) ? second : codeIn(second),
    ])
  expect(named(PORTUGUESE)).toEqual(named(ENGLISH))
})

test.each([
  ['English', ENGLISH, 'Contents'],
  ['Portuguese', PORTUGUESE, 'Conteúdo'],
])('the contents of the %s README name every section, in order', (_, readme, word) => {
  const [, contents = ''] = new RegExp(`^\\*\\*${word}:\\*\\* (.*?)\\n\\n`, 'ms').exec(readme) ?? []
  const sections = headingsOf(readme).filter(({ depth }) => depth === 2)
  const named = sections.map(({ text, anchor }) => `[${text}](#${anchor})`)
  expect(contents.replaceAll('\n', ' ').split(' · ')).toEqual(named)
})
