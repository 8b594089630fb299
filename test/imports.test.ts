import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/** What each folder may import besides itself: folders by their index, packages by name. */
const ALLOWED: Record<string, readonly string[]> = {
  src: ['jose', 'valibot', '@noble/hashes'],
  'src/fixtures.ts': ['@faker-js/faker'],
  mocks: ['src/index.js', 'msw'],
  server: [
    'src/index.js',
    'express',
    'cors',
    'valibot',
    'commander',
    'yaml',
    'cross-spawn',
    'node:',
  ],
}

const IMPORT = /(?:from|import)\s*\(?\s*'([^']+)'/g

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return entries.filter((file) => file.endsWith('.ts')).map((file) => join(folder, file))
}

function importsOf(file: string): string[] {
  const code = readFileSync(file, 'utf8').replace(/^\s*\*.*$/gm, '')
  return [...code.matchAll(IMPORT)].map(([, name = '']) =>
    name.startsWith('.') ? normalize(join(dirname(file), name)) : name,
  )
}

test.each(['src', 'mocks', 'server'])('%s imports only what it may', (folder) => {
  const wrong = filesOf(folder).flatMap((file) => {
    const allowed = [`${folder}/`, ...(ALLOWED[folder] ?? []), ...(ALLOWED[file] ?? [])]
    return importsOf(file)
      .filter((name) => !allowed.some((start) => name.startsWith(start)))
      .map((name) => `${file}: ${name}`)
  })
  expect(wrong).toEqual([])
})

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
