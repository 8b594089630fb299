import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { build, buildSync, type Metafile } from 'esbuild'
import { expect, test } from 'vitest'
import { cyclesOf, filesOf, type Import, importsOf } from './import-graph.js'

const CORE = ['src/index.ts', 'src/internal.ts']
/** The folders of the server. Nothing in them imports `server/cli/`. */
const SERVER = ['http', 'control', 'console', 'routes', 'intercept', 'store', 'files'].map(
  (name) => `server/${name}/`,
)

/**
 * What the files directly in a folder, or those below it without a row of their own, may import besides
 * each other. A name that ends in `/` is a folder with everything below it, one that ends in `/*` only
 * the files directly in it, any other name a file or a package.
 */
const ALLOWED: Record<string, readonly string[]> = {
  src: ['src/', 'valibot', '@noble/hashes'],
  'src/fixtures.ts': ['src/', 'valibot', '@faker-js/faker'],
  'src/endpoints': ['src/*', 'src/framework/', 'src/state/'],
  'src/framework': ['src/api.ts', 'src/python/'],
  'src/python': [],
  'src/state': ['src/*', 'valibot'],
  mocks: [...CORE, 'msw', 'valibot'],
  contracts: ['contracts/', 'src/validate.ts', 'jose', 'lossless-json', 'valibot', 'node:'],
  'contracts/consumer': ['contracts/*', 'contracts/pact/', 'valibot', 'node:'],
  'contracts/provider': [
    ...['contracts/*', 'contracts/pact/', 'src/version.ts', 'valibot', 'node:'],
    ...['http-proxy-agent', 'https-proxy-agent', 'lossless-json', 'proxy-from-env'],
  ],
  'contracts/pact': ['contracts/*', '@pact-foundation/pact', 'lossless-json', 'node:'],
  server: [...CORE, ...SERVER, 'express', 'cors', 'valibot', 'node:'],
  'server/control/document.ts': [
    ...['server/control/', 'src/internal.ts'],
    ...['@valibot/to-json-schema', 'valibot', 'node:'],
  ],
  'server/store': [...CORE, 'node:'],
  'server/intercept': [
    ...CORE,
    ...['@peculiar/asn1-schema', '@peculiar/asn1-x509', '@peculiar/x509', 'reflect-metadata'],
    ...['proxy-chain', 'proxy-from-env', 'https-proxy-agent', 'node:'],
  ],
  'server/cli': [
    ...[...CORE, ...SERVER],
    // Loaded by the commands about contracts only: see the test below.
    ...['contracts/index.ts', 'contracts/internal.ts'],
    ...['commander', 'yaml', 'cross-spawn', 'tinyglobby', 'valibot', 'node:'],
  ],
}

/** What may be imported as types only. Nothing of it remains at run time. */
const TYPES: Record<string, readonly string[]> = {
  contracts: ['src/index.ts'],
  'contracts/consumer': ['src/index.ts'],
  'contracts/provider': ['src/index.ts'],
}

const FOLDERS = ['src', 'mocks', 'contracts', 'server']

/** The row of the table for a file: its own, or that of the nearest folder. */
function rowOf(path: string): string {
  return path in ALLOWED ? path : rowOf(dirname(path))
}

function isAllowed(row: string, { name, isTypeOnly }: Import): boolean {
  const isOwn = name.startsWith(`${row}/`) && rowOf(name) === row
  return isOwn || matches(ALLOWED[row], name) || (isTypeOnly && matches(TYPES[row], name))
}

function matches(patterns: readonly string[] = [], name: string): boolean {
  return patterns.some((pattern) => {
    if (pattern.endsWith('/*')) return dirname(name) === pattern.slice(0, -2)
    if (/[/:]$/.test(pattern)) return name.startsWith(pattern)
    return name === pattern || name.startsWith(`${pattern}/`)
  })
}

test.each(FOLDERS)('%s imports only what the table allows', (folder) => {
  const wrong = filesOf(folder).flatMap((file) =>
    importsOf(file)
      .filter((found) => !isAllowed(rowOf(file), found))
      .map(({ name }) => `${file} imports ${name}`),
  )
  expect(wrong).toEqual([])
})

test.each(FOLDERS)('%s has no import cycle, not even among types', (folder) => {
  const cycles = cyclesOf(filesOf(folder)).map((files) => files.join(' → '))
  expect(cycles).toEqual([])
})

/** What esbuild would bundle, without the contracts and the packages. */
function bundled(...entryPoints: string[]) {
  return buildSync({
    entryPoints,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    outdir: 'unused',
    splitting: true,
    packages: 'external',
    external: ['*/contracts/index.js', '*/contracts/internal.js'],
  }).metafile
}

test('only the commands about contracts load what contracts need', () => {
  const { outputs } = bundled('server/cli/bin.ts')
  const isContracts = (path: string) => path.includes('contracts/in')
  const all = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
  expect(all.some(isContracts)).toBe(true)
  const start = Object.keys(outputs).find((file) => file.endsWith('/bin.js')) ?? ''
  expect(loadedFrom(start, outputs)).toContain('commander')
  expect(loadedFrom(start, outputs).filter(isContracts)).toEqual([])
})

test('only --tls and --intercept load the libraries for certificates and proxies', () => {
  const { outputs } = bundled('server/cli/bin.ts', 'server/index.ts')
  const isHeavy = (path: string) => /^(@peculiar|reflect-metadata|proxy-|https-proxy)/.test(path)
  const all = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
  expect(all.some(isHeavy)).toBe(true)
  // Most commands are loaded on demand, but each must be free of them until it starts TLS.
  const entries = Object.keys(outputs).filter((file) =>
    /\/(bin|index|run|check-contracts)[-.\w]*\.js$/.test(file),
  )
  expect(entries.length).toBeGreaterThanOrEqual(5)
  for (const entry of entries) expect(loadedFrom(entry, outputs).filter(isHeavy)).toEqual([])
})

/** Everything that loads together with a file. */
function loadedFrom(file: string, outputs: Metafile['outputs']): string[] {
  const imports = (outputs[file]?.imports ?? []).filter(({ kind }) => kind === 'import-statement')
  return imports.flatMap(({ path }) => [path, ...loadedFrom(path, outputs)])
}

test('faker is loaded only when it is needed', () => {
  expect(readFileSync('src/fixtures.ts', 'utf8')).not.toMatch(/^import (?!type).*faker/m)
})

test.each(['src/index.ts', 'mocks/index.ts'])(
  '%s runs in a browser: its bundle contains no import from Node',
  async (entry) => {
    const { outputFiles, metafile } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'browser',
      format: 'esm',
      outdir: 'unused',
      splitting: true,
      external: ['msw'],
    })
    const imported = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.map(({ path }) => path),
    )
    expect(imported.filter((path) => !path.startsWith('unused') && path !== 'msw')).toEqual([])
    expect(outputFiles.every(({ text }) => !text.includes('node:'))).toBe(true)
  },
)
