import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LIBRARY, readPageFile } from '../../../server/console/files.js'

const FOLDER = 'server/console/page'
const NAMES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /(?<!\.d)\.(html|css|js|svg)$/.test(name))

test('every file of the page is served with a strict Content-Security-Policy', async () => {
  for (const name of [...NAMES, ...LIBRARY]) {
    const { headers = {} } = (await readPageFile(name)) ?? {}
    expect(headers['content-type'], name).toMatch(/^(text|image)\//)
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';/)
    expect(headers['content-security-policy']).not.toContain('unsafe')
  }
})

test('no file of the page has an inline script, an inline style or an address elsewhere', () => {
  for (const name of NAMES) {
    const text = readFileSync(`${FOLDER}/${name}`, 'utf8')
    expect(text.replaceAll('http://www.w3.org/2000/svg', ''), name).not.toMatch(
      /https?:\/\/|<style|\sstyle=|\son[a-z]+=|<script(?![^>]*src)|unsafeHTML|innerHTML/,
    )
  }
})

test.each([
  '../files.js',
  'cards/../../files.js',
  '..%2ffiles.js',
  'types.d.ts',
  'tsconfig.json',
  'lit-html/package.json',
  'lit-html/directives/until.js',
  'unknown.js',
  '',
])('%j is not a file of the page', async (name) => {
  expect(await readPageFile(name)).toBeUndefined()
})

test('every file that a file of the page imports is served', async () => {
  for (const name of [...NAMES, ...LIBRARY].filter((one) => one.endsWith('.js'))) {
    const { text = '' } = (await readPageFile(name)) ?? {}
    const withoutTypes = text.replaceAll(/\/\*\*[\s\S]*?\*\//g, '')
    for (const [, path = ''] of withoutTypes.matchAll(/from ?['"](\.[^'"]+)['"]/g)) {
      const imported = new URL(path, `http://localhost/${name}`).pathname.slice(1)
      expect(await readPageFile(imported), `${name} imports ${path}`).toBeDefined()
    }
  }
})
