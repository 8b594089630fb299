/**
 * Bundles the published files. Each folder of the project becomes the folder of the same name in
 * `dist`, next to its declarations; what the command runs on (Express, commander, …) is bundled in, so
 * that `npx zapsign-mock` installs one package. All entries share `dist/src/index.js`.
 */
import {
  copyFileSync,
  cpSync,
  existsSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, join, relative } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'
import { writeConsolePage } from './console-page.js'
import { slimFaker } from './faker.js'
import { licencesOf } from './licences.js'
import { mergeChunks } from './merge-chunks.js'
import {
  keepFakerApart,
  keepLibrariesApart,
  lightenExpress,
  requireBuiltins,
  shareFolders,
} from './plugins.js'
import { slimSourceMap } from './source-maps.js'
import { LAST_BUILT } from './stale.js'

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
      contents: slimFaker(),
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
const rewritten: string[] = []
for (const metafile of metafiles.filter(({ outputs }) => 'dist/server/bin.js' in outputs)) {
  const options = { ...shared, platform: 'node', sourcemap: true } as const
  const merge = { folder: 'dist/server', entry: 'bin.js', name: 'start.js', options }
  rewritten.push(...(await mergeChunks(metafile, merge)))
}
for (const file of ['provider/pact-verifier-child.cjs', 'openapi.json', 'reference-pact.json']) {
  copyFileSync(join('contracts', file), join('dist/contracts', basename(file)))
}
copyFileSync('.ci/here.cjs', 'dist/contracts/here.cjs')
copyFileSync('server/config-schema.json', 'dist/server/config-schema.json')
copyFileSync('server/control/openapi.json', 'dist/server/control-openapi.json')
cpSync('server/intercept/preload', 'dist/server/preload', { recursive: true })
await writeConsolePage()
await Promise.all(Object.entries(declarations).map((entry) => writeDeclarations(...entry)))
const written = metafiles.flatMap(({ outputs }) => Object.keys(outputs))
for (const file of new Set([...written, ...rewritten])) {
  if (file.endsWith('.map') && existsSync(file)) slimSourceMap(file)
  if (file.endsWith('.js'))
    console.log(`${String(Math.ceil(statSync(file).size / 1024)).padStart(6)} KB  ${file}`)
}
writeFileSync(LAST_BUILT, licencesOf(metafiles, ['node_modules/lit-html']))
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
