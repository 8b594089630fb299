import { readFileSync, writeFileSync } from 'node:fs'
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec'

/** What bundlers for browsers read: some warn about a map whose sources they cannot find. */
const FOR_BROWSERS = /^dist\/(src|mocks)\//

/**
 * A map shows our own sources. Those of packages leave no trace in it, and what only Node runs has names
 * and lines without the text: together they were most of the package next to faker.
 */
export function slimSourceMap(file: string): void {
  const { names, sources, sourcesContent, ...map } = JSON.parse(readFileSync(file, 'utf8'))
  const isOurs = sources.map((source: string) => !/node_modules|^(lighter|builtin):/.test(source))
  const renumbered = isOurs.map(
    (_: boolean, at: number) => isOurs.slice(0, at).filter(Boolean).length,
  )
  const mappings = decode(map.mappings).map((line) =>
    line
      .map((segment): SourceMapSegment => {
        const [column, source, ...place] = segment
        if (source === undefined || !isOurs[source]) return [column]
        const [sourceLine = 0, sourceColumn = 0] = place
        return [column, renumbered[source], sourceLine, sourceColumn]
      })
      .filter(({ length }, at, all) => length > 1 || all[at - 1]?.length !== 1),
  )
  const ours = (list: unknown[]) => list.filter((_, at) => isOurs[at])
  const content = FOR_BROWSERS.test(file) && { sourcesContent: ours(sourcesContent) }
  const slim = { ...map, names: [], sources: ours(sources), ...content }
  writeFileSync(file, JSON.stringify({ ...slim, mappings: encode(mappings) }))
}
