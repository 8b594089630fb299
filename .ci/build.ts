/**
 * Bundles the published files. Each folder of the project becomes the folder of the same name in
 * `dist`, next to its declarations; what the command runs on (Express, commander, …) is bundled in, so
 * that `npx zapsign-mock` installs one package. All entries share `dist/src/index.js`.
 */
import {
  copyFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { isBuiltin } from 'node:module'
import { basename, join, relative } from 'node:path'
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import { rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'
import { writeConsolePage } from './console-page.js'
import { LAST_BUILT } from './stale.js'

/** Another folder is found where it is published: one copy of it, whoever imports it. */
const shareFolders: Plugin = {
  name: 'share-folders',
  setup({ onResolve }) {
    onResolve({ filter: /^(\.\.\/)+(src|contracts)\/(index|internal)\.js$/ }, ({ path }) => ({
      path: path.replace(/^(\.\.\/)+/, '../'),
      external: true,
    }))
  },
}

/** Faker is a file of its own without a source map: it is large, and few ask for it. */
const keepFakerApart: Plugin = {
  name: 'keep-faker-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^@faker-js\/faker$/ }, () => ({ path: './faker.js', external: true }))
  },
}

/** Libraries for certificates and proxies: a file each without a source map, for the few who intercept. */
const keepLibrariesApart: Plugin = {
  name: 'keep-libraries-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/(x509|proxies)\.js$/ }, ({ path }) => ({ path, external: true }))
  },
}

/**
 * What Express loads and the mock has no use for costs half of its start: body parsers with their
 * character tables, a query parser for nested objects, a table of all media types, sending files,
 * debugging, notices of what is deprecated, proxies and who is behind them.
 */
const LIGHTER: Readonly<Record<string, string>> = {
  'body-parser': 'module.exports = {}',
  qs: "module.exports = require('node:querystring')",
  'mime-types': `
    const types = { html: 'text/html; charset=utf-8', json: 'application/json; charset=utf-8', txt: 'text/plain; charset=utf-8' }
    const contentType = (name) => (name.includes('/') ? name : types[name] ?? false)
    module.exports = { contentType, lookup: contentType }`,
  debug: 'module.exports = () => () => {}',
  depd: 'module.exports = () => Object.assign(() => {}, { function: (fn) => fn, property() {} })',
  'proxy-addr':
    'module.exports = Object.assign(() => undefined, { all: () => [], compile: () => () => false })',
  send: 'module.exports = {}',
  'serve-static': 'module.exports = {}',
}

const lightenExpress: Plugin = {
  name: 'lighten-express',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(${Object.keys(LIGHTER).join('|')})$`)
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'lighter' }))
    onLoad({ filter, namespace: 'lighter' }, ({ path }) => ({
      contents: LIGHTER[path],
      loader: 'js',
    }))
  },
}

const shared = {
  bundle: true,
  format: 'esm',
  target: 'node20.19',
  splitting: true,
  minify: true,
  legalComments: 'none',
  metafile: true,
  chunkNames: 'chunk-[hash]',
  logLevel: 'warning',
} as const satisfies BuildOptions

/**
 * CommonJS packages in the bundle load Node's own modules with `require`. The bundle has none: Jest
 * compiles it to CommonJS, where a `require` of our own would be a second one.
 */
const requireBuiltins: Plugin = {
  name: 'require-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'require-call' && isBuiltin(path) ? { path, namespace: 'builtin' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }))
  },
}

const builds: BuildOptions[] = [
  {
    entryPoints: ['src/index.ts', 'src/internal.ts'],
    outdir: 'dist/src',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    plugins: [keepFakerApart],
  },
  {
    stdin: {
      contents: "export { allFakers } from '@faker-js/faker'",
      resolveDir: '.',
      sourcefile: 'faker',
    },
    outdir: 'dist/src',
    entryNames: 'faker',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    sourcemap: false,
  },
  {
    entryPoints: ['mocks/index.ts'],
    outdir: 'dist/mocks',
    platform: 'neutral',
    external: ['msw'],
    plugins: [shareFolders],
  },
  {
    entryPoints: ['contracts/index.ts', 'contracts/internal.ts'],
    outdir: 'dist/contracts',
    platform: 'node',
    external: ['@pact-foundation/pact', './here.cjs'],
    inject: ['.ci/here.js'],
    define: { 'import.meta.url': 'here' },
    plugins: [shareFolders],
  },
  {
    entryPoints: { index: 'server/index.ts', bin: 'server/cli/bin.ts' },
    outdir: 'dist/server',
    platform: 'node',
    plugins: [shareFolders, lightenExpress, keepLibrariesApart, requireBuiltins],
  },
  {
    entryPoints: ['server/intercept/x509.ts'],
    outdir: 'dist/server',
    platform: 'node',
    plugins: [requireBuiltins],
    sourcemap: false,
  },
  {
    entryPoints: ['server/intercept/proxies.ts'],
    // proxy-chain recognizes its errors by the names of their classes.
    keepNames: true,
    outdir: 'dist/server',
    platform: 'node',
    plugins: [lightenExpress, requireBuiltins],
    sourcemap: false,
  },
]

/** The core, as the other folders import it: its declarations are the public ones. */
const CORE = /^(\.\.\/)+src\/(index|internal)\.js$/

/** What bundlers for browsers read: some warn about a map whose sources they cannot find. */
const FOR_BROWSERS = /^dist\/(src|mocks)\//

/** What the declarations of each entry are made of. */
const declarations = {
  src: 'src/index.ts',
  mocks: 'mocks/index.ts',
  contracts: 'contracts/index.ts',
  server: 'server/index.ts',
}

const started = new Date()
rmSync('dist', { recursive: true, force: true })
const results = await Promise.all(
  builds.map((options) => build({ ...options, ...shared, sourcemap: options.sourcemap ?? true })),
)
const metafiles = results.map(({ metafile }) => metafile)
for (const file of ['provider/pact-verifier-child.cjs', 'openapi.json', 'reference-pact.json']) {
  copyFileSync(join('contracts', file), join('dist/contracts', basename(file)))
}
copyFileSync('.ci/here.cjs', 'dist/contracts/here.cjs')
copyFileSync('server/config-schema.json', 'dist/server/config-schema.json')
copyFileSync('server/control/openapi.json', 'dist/server/control-openapi.json')
cpSync('server/intercept/preload', 'dist/server/preload', { recursive: true })
await writeConsolePage()
await Promise.all(Object.entries(declarations).map((entry) => writeDeclarations(...entry)))
for (const metafile of metafiles) {
  for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
    if (file.endsWith('.map')) slimSourceMap(file)
    if (file.endsWith('.js'))
      console.log(`${String(Math.ceil(bytes / 1024)).padStart(6)} KB  ${file}`)
  }
}
writeFileSync(LAST_BUILT, licencesOf([...bundledPackages(metafiles), 'node_modules/lit-html']))
// What was written while this ran is newer than the build.
utimesSync(LAST_BUILT, started, started)

/** One file of declarations an entry, without a trace of the packages that are bundled. */
async function writeDeclarations(folder: string, input: string): Promise<void> {
  const bundle = await rollup({
    input,
    external: (id) => CORE.test(id) || /^(node:|msw|@pact)/.test(id),
    plugins: [dts({ tsconfig: `${folder}/tsconfig.json` })],
  })
  // The same text twice: CommonJS packages get types that TypeScript reads as CommonJS (.d.cts), as those
  // of their other packages are. At run time both load the one ESM copy.
  for (const [types, core] of Object.entries({ 'd.ts': 'index.js', 'd.cts': 'index.cjs' })) {
    await bundle.write({
      file: `dist/${folder}/index.${types}`,
      format: 'es',
      paths: (id) => (CORE.test(relative(folder, id)) ? `../src/${core}` : id),
    })
  }
}

/**
 * A map shows our own sources. Those of packages leave no trace in it, and what only Node runs has names
 * and lines without the text: together they were most of the package next to faker.
 */
function slimSourceMap(file: string): void {
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

/** The folders of the packages that have code in a bundle. */
function bundledPackages(metafiles: Metafile[]): string[] {
  const outputs = metafiles.flatMap(({ outputs }) => Object.values(outputs))
  const inputs = outputs.flatMap(({ inputs }) => Object.keys(inputs))
  const folders = inputs.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0])
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort()
}

function licencesOf(folders: string[]): string {
  const texts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    )
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
    if (!file && !license) throw new Error(`${name} states no licence`)
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `License: ${license}`
    return `${name} ${version} (${license})\n\n${text}\n`
  })
  return `zapsign-mock contains code of these packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`
}
