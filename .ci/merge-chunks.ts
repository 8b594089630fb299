/**
 * esbuild makes a chunk of everything that some entries share, so that a command loads some twenty small
 * files one by one: a third of its start. What an entry loads at once is put into one file here.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'

/** Puts the chunks that an entry imports into the file `name`, which they export again from then on. */
export async function mergeChunks(
  { outputs }: Metafile,
  { folder, entry, name, options }: MergeOptions,
): Promise<string[]> {
  const merged = importedFrom(join(folder, entry), outputs)
  const thin = new Map<string, string>()
  const exported: string[] = []
  for (const [index, file] of merged.entries()) {
    const names = outputs[file]?.exports ?? []
    const unique = (one: string) => `${one}_${index}`
    const list = (write: (one: string) => string) => `{ ${names.map(write).join(', ')} }`
    exported.push(
      `import './${basename(file)}'\nexport ${list((one) => `${one} as ${unique(one)}`)} from './${basename(file)}'`,
    )
    thin.set(
      `./${basename(file)}`,
      `export ${list((one) => `${unique(one)} as ${one}`)} from './${name}'\n`,
    )
  }
  const shared: BuildOptions = { ...options, splitting: false, ignoreAnnotations: true }
  await build({
    ...shared,
    stdin: { contents: exported.join('\n'), resolveDir: folder, sourcefile: 'merged' },
    outfile: join(folder, name),
    plugins: [keepOthersApart((path) => thin.has(path))],
  })
  await build({
    ...shared,
    entryPoints: [join(folder, entry)],
    outfile: join(folder, entry),
    allowOverwrite: true,
    plugins: [replaceFiles(thin), keepOthersApart(() => false)],
  })
  for (const [path, contents] of thin) {
    writeFileSync(join(folder, path), contents)
    rmSync(join(folder, `${path}.map`))
  }
  return [entry, name].flatMap((file) => [join(folder, file), join(folder, `${file}.map`)])
}

interface MergeOptions {
  /** The folder of the entry and its chunks. */
  folder: string
  entry: string
  name: string
  /** The options that the chunks were built with. */
  options: BuildOptions
}

/** The chunks that load together with a file. */
function importedFrom(file: string, outputs: Metafile['outputs'], found: string[] = []): string[] {
  for (const { path, kind } of outputs[file]?.imports ?? []) {
    if (kind !== 'import-statement' || !(path in outputs) || found.includes(path)) continue
    found.push(path)
    importedFrom(path, outputs, found)
  }
  return found
}

/** Bundles only the files that a function accepts, and the entry. What is loaded on demand stays apart. */
function keepOthersApart(isBundled: (path: string) => boolean): Plugin {
  return {
    name: 'keep-others-apart',
    setup({ onResolve }) {
      onResolve({ filter: /./ }, ({ path, kind }) => {
        const isLoadedNow = kind === 'import-statement' && isBundled(path)
        return kind === 'entry-point' || isLoadedNow ? undefined : { path, external: true }
      })
    },
  }
}

function replaceFiles(contents: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'replace-files',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /./ }, ({ path, kind }) =>
        kind === 'import-statement' && contents.has(path)
          ? { path, namespace: 'replaced' }
          : undefined,
      )
      onLoad({ filter: /./, namespace: 'replaced' }, ({ path }) => ({
        contents: contents.get(path) ?? '',
      }))
    },
  }
}
