import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { globSync } from 'tinyglobby'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { headingsOf, linksOf } from './markdown.js'
import { installPacked } from './packed.js'

let packed: ReturnType<typeof installPacked>
let folder: string

beforeAll(() => {
  packed = installPacked()
  folder = join(packed.folder, 'node_modules/zapsign-mock')
})

afterAll(() => packed.remove())

/**
 * What is wrong with a link in a page of the package, if anything. Pages in docs/ may also lead to the
 * repository, which has the examples; the READMEs are shown where only the package is.
 */
function faultOf(page: string, link: string): string | undefined {
  if (/^https:\/\//.test(link)) return undefined
  const [file = '', anchor] = link.split('#')
  const path = file === '' ? page : normalize(join(dirname(page), file))
  const place = page.startsWith('docs/') ? '.' : folder
  if (/^\w+:/.test(link) || path.startsWith('..') || !existsSync(join(place, path)))
    return `${page}: ${link} is not in the package`
  if (anchor === undefined) return undefined
  const headings = headingsOf(readFileSync(join(place, path), 'utf8'))
  const isThere = headings.some((heading) => heading.anchor === decodeURI(anchor))
  return isThere ? undefined : `${page}: ${path} has no heading ${anchor}`
}

test('every link in a page of the package leads somewhere', () => {
  const pages = globSync('**/*.md', { cwd: folder, ignore: 'dist/**' }).map((page) =>
    relative(folder, join(folder, page)),
  )
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'README.pt-BR.md', 'docs/README.md']))
  const faults = pages.flatMap((page) =>
    linksOf(readFileSync(join(folder, page), 'utf8')).map((link) => faultOf(page, link)),
  )
  expect(faults.filter((fault) => fault !== undefined)).toEqual([])
})
