import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const FOLDER = 'docs/decisions'
const ROW = /^\| (\d+) \| \[(.+)\]\((.+)\) \| (\d{4}-\d\d-\d\d) \| (.+) \|$/gm

test('the index of decisions lists every page, in order, with its title', () => {
  const index = readFileSync(join(FOLDER, 'README.md'), 'utf8')
  const rows = [...index.matchAll(ROW)].map(([, number, title, file]) => [number, title, file])
  const pages = readdirSync(FOLDER).filter((file) => file !== 'README.md')
  const expected = pages.sort().map((file) => {
    const [, title] = /^# (.+)/.exec(readFileSync(join(FOLDER, file), 'utf8')) ?? []
    return [String(Number(file.slice(0, 4))), title, file]
  })
  expect(rows).toEqual(expected)
})
