/** The examples in the doc comments of the public exports, against the packed package. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Comment, ReflectionKind } from 'typedoc'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readApi } from '../.ci/api-reference.js'
import { blocksOf } from './markdown.js'
import { installPacked, typeCheck } from './packed.js'

/** What an example may use without saying where it is from. */
const SURROUNDINGS: Readonly<Record<string, string>> = {
  zapsign: "import { createZapSign } from 'zapsign-mock'\nconst zapsign = createZapSign()",
  client: "declare const client: import('zapsign-mock/contracts').Client",
}

let packed: ReturnType<typeof installPacked>
let files: Awaited<ReturnType<typeof examples>>

beforeAll(async () => {
  packed = installPacked()
  for (const name of ['msw', 'vitest', '@pact-foundation/pact', 'express', '@types/express'])
    packed.link(name)
  files = await examples()
}, 120_000)

afterAll(() => packed.remove())

async function examples(): Promise<{ name: string; code: string }[]> {
  const { project } = await readApi()
  const commented = project
    .getReflectionsByKind(ReflectionKind.All)
    .filter((found) => found.comment?.blockTags.some(({ tag }) => tag === '@example'))
  return commented.flatMap((found) =>
    codeIn(found.comment).map((code, at) => ({
      name: `${found.getFullName().replace(/\W+/g, '-')}-${at}.ts`,
      code: withSurroundings(code),
    })),
  )
}

function codeIn(comment: Comment | undefined): string[] {
  const tags = comment?.blockTags.filter(({ tag }) => tag === '@example') ?? []
  return tags.flatMap(({ content }) =>
    blocksOf(content.map(({ text }) => text).join('')).map(({ code }) => code),
  )
}

function withSurroundings(code: string): string {
  const missing = Object.entries(SURROUNDINGS).filter(
    ([name]) =>
      new RegExp(`\\b${name}\\b(?![:-])`).test(code) && !new RegExp(`\\b${name} =`).test(code),
  )
  return [...missing.map(([, line]) => line), code, 'export {}\n'].join('\n')
}

test('every example in a doc comment type-checks as pasted', { timeout: 120_000 }, () => {
  expect(files.length).toBeGreaterThan(20)
  for (const { name, code } of files) writeFileSync(join(packed.folder, name), code)
  const names = files.map(({ name }) => name)
  const settings = { module: 'nodenext', resolution: 'nodenext' }
  expect(typeCheck(packed.folder, names, settings)).toBe('')
})
