import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'

/** Where systems keep the roots they trust, as Go's crypto/x509 lists them. */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** The roots of the system, in PEM; if it has no roots, those that Node contains. */
export function systemRoots(): string {
  for (const file of SYSTEM_BUNDLES) {
    const text = readCertificates(file)
    if (text) return text
  }
  return rootCertificates.join('\n')
}

/** The certificates of a file, or of all files of a folder, in PEM; `''` for what cannot be read. */
export function readCertificates(path: string): string {
  try {
    if (!statSync(path).isDirectory()) return onlyCertificates(readFileSync(path, 'utf8'))
    return readdirSync(path)
      .map((name) => readFile(join(path, name)))
      .map(onlyCertificates)
      .join('')
  } catch {
    return ''
  }
}

function readFile(path: string): string {
  return statSync(path).isFile() ? readFileSync(path, 'utf8') : ''
}

const CERTIFICATE =
  /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/g

/** Without private keys, which some keep in the same file, and without comments. */
function onlyCertificates(text: string): string {
  return (text.match(CERTIFICATE) ?? []).map((certificate) => `${certificate}\n`).join('')
}
