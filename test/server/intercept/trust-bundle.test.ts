import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { readCertificates, systemRoots } from '../../../server/intercept/trust-bundle.js'

const [FIRST = '', SECOND = ''] = rootCertificates

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  mkdirSync(join(folder, 'subfolder'))
  return folder
}

test('certificates are read from a file, without the private key next to them', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n'
  const folder = folderWith({ 'both.pem': `# a comment\n${key}${FIRST}\n` })
  expect(readCertificates(join(folder, 'both.pem'))).toBe(`${FIRST}\n`)
})

test('certificates are read from all files of a folder', () => {
  const folder = folderWith({ 'a.pem': FIRST, 'b.pem': SECOND, README: 'not a certificate' })
  expect(readCertificates(folder)).toBe(`${FIRST}\n${SECOND}\n`)
})

test('a file that does not exist has no certificates', () => {
  expect(readCertificates('/nowhere/ca.pem')).toBe('')
})

test('there are always roots', () => {
  expect(systemRoots()).toContain('-----BEGIN CERTIFICATE-----')
})
