import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { build, buildSync, type Metafile } from 'esbuild'
import { expect, test } from 'vitest'

/** What each folder may import besides itself: folders by their index, packages by name. */
const ALLOWED: Record<string, readonly string[]> = {
  src: ['jose', 'valibot', '@noble/hashes'],
  'src/fixtures.ts': ['@faker-js/faker'],
  mocks: ['src/index.js', 'src/internal.js', 'msw', 'valibot'],
  contracts: ['src/validate.js', '@pact-foundation/pact', 'valibot', 'node:'],
  server: [
    'src/index.js',
    'src/internal.js',
    // Loaded when a command about contracts is called, not before: see the test below.
    'contracts/index.js',
    'contracts/internal.js',
    'express',
    'cors',
    'valibot',
    'commander',
    'yaml',
    'cross-spawn',
    'tinyglobby',
    'node:',
  ],
}

const IMPORT = /(?:from|import)\s*\(?\s*'([^']+)'/g

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return entries.filter((file) => file.endsWith('.ts')).map((file) => join(folder, file))
}

/** The types that a file may import say nothing at run time. */
const TYPES_ONLY: Record<string, readonly string[]> = { contracts: ['src/index.js'] }
const TYPE_IMPORT = /import type [^']*'[^']+'/g

function importsOf(file: string, { types = true } = {}): string[] {
  const whole = readFileSync(file, 'utf8').replace(/^\s*\*.*$/gm, '')
  const code = types ? whole : whole.replace(TYPE_IMPORT, '')
  return [...code.matchAll(IMPORT)].map(([, name = '']) =>
    name.startsWith('.') ? normalize(join(dirname(file), name)) : name,
  )
}

test.each(['src', 'mocks', 'contracts', 'server'])('%s imports only what it may', (folder) => {
  const wrong = filesOf(folder).flatMap((file) => {
    const allowed = [`${folder}/`, ...(ALLOWED[folder] ?? []), ...(ALLOWED[file] ?? [])]
    const typesToo = [...allowed, ...(TYPES_ONLY[folder] ?? [])]
    const outside = (names: string[], starts: readonly string[]) =>
      names.filter((name) => !starts.some((start) => name.startsWith(start)))
    const found = [
      ...outside(importsOf(file), typesToo),
      ...outside(importsOf(file, { types: false }), allowed),
    ]
    return [...new Set(found)].map((name) => `${file}: ${name}`)
  })
  expect(wrong).toEqual([])
})

test('what contracts need is loaded by the commands about contracts, and by no other', () => {
  const { outputs } = buildSync({
    entryPoints: ['server/cli/bin.ts'],
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
  const isContracts = (path: string) => path.includes('contracts/in')
  const all = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
  expect(all.some(isContracts)).toBe(true)
  const start = Object.keys(outputs).find((file) => file.endsWith('/bin.js')) ?? ''
  expect(loadedFrom(start, outputs)).toContain('commander')
  expect(loadedFrom(start, outputs).filter(isContracts)).toEqual([])
})

/** All that is loaded with a file, whatever happens then. */
function loadedFrom(file: string, outputs: Metafile['outputs']): string[] {
  const imports = (outputs[file]?.imports ?? []).filter(({ kind }) => kind === 'import-statement')
  return imports.flatMap(({ path }) => [path, ...loadedFrom(path, outputs)])
}

test('faker is loaded when it is asked for, not before', () => {
  expect(readFileSync('src/fixtures.ts', 'utf8')).not.toMatch(/^import .*faker/m)
})

test.each(['src/index.ts', 'mocks/index.ts'])(
  '%s runs in a browser: its bundle holds nothing of Node',
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
