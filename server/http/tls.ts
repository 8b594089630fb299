import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { createSecureContext, type TlsOptions as NodeTlsOptions } from 'node:tls'
import { readTextFile } from '../files/read-file.js'
import { writeFile } from '../files/write-file.js'
import type { Certificates } from '../intercept/certificates.js'

/** https with the user's certificate, or with a generated one whose authority is written to a file. */
export interface TlsOptions {
  /** The certificate, then those that signed it: PEM, or the name of a PEM file. It needs `key`. @default a generated one */
  cert?: string | Uint8Array
  /** The private key of `cert`, without a passphrase: PEM, or the name of a PEM file. @default required with `cert` */
  key?: string | Uint8Array
  /** A file for the authority that signed the mock's own certificate, in PEM, for clients to trust. @default no file */
  caOut?: string
}

/** What an https server needs. */
export interface TlsSetup {
  options: NodeTlsOptions
  /** The authority that signed the mock's own certificate, in PEM. */
  ca?: string
}

type NamePlace = (path: string) => string

/**
 * Reads the user's certificate, or makes one. Throws a `RangeError` of one line that names the option.
 *
 * @param nameOf how messages call an option such as `tls.cert`
 */
export async function prepareTls(
  { cert, key, caOut }: TlsOptions,
  nameOf: NamePlace,
): Promise<TlsSetup> {
  if (cert === undefined && key === undefined) return makeCertificate(caOut, nameOf)
  if (cert === undefined) throw new RangeError(`${nameOf('tls.key')} needs ${nameOf('tls.cert')}`)
  if (key === undefined) throw new RangeError(`${nameOf('tls.cert')} needs ${nameOf('tls.key')}`)
  if (caOut === undefined) return readCertificate(cert, key, nameOf)
  throw new RangeError(
    `Cannot combine ${nameOf('tls.caOut')} with ${nameOf('tls.cert')}: only the mock's own certificate has an authority to write`,
  )
}

/** The library for certificates is loaded only here: it is large. */
async function makeCertificate(caOut: string | undefined, nameOf: NamePlace): Promise<TlsSetup> {
  return setupOf(await makeCertificates(caOut, nameOf))
}

/** Makes the mock's own certificates. Throws a `RangeError` when their authority cannot be written. */
export async function makeCertificates(
  caOut: string | undefined,
  nameOf: NamePlace,
): Promise<Certificates> {
  const { createCertificates } = await import('../intercept/certificates.js')
  const certificates = await createCertificates()
  if (caOut !== undefined) write(caOut, certificates.ca, nameOf('tls.caOut'))
  return certificates
}

/** What an https server does with the mock's own certificates. */
export function setupOf({ ca, names, addresses }: Certificates): TlsSetup {
  const context = createSecureContext(names)
  return {
    // Clients that connect to an address send no server name.
    options: { ...addresses, SNICallback: (_name, use) => use(null, context) },
    ca,
  }
}

function readCertificate(
  cert: string | Uint8Array,
  key: string | Uint8Array,
  nameOf: NamePlace,
): TlsSetup {
  const [certName, keyName] = [nameOf('tls.cert'), nameOf('tls.key')]
  const certText = toPem(cert, certName)
  const keyText = toPem(key, keyName)
  const certificate = parse(
    () => new X509Certificate(certText),
    `${certName} must be a certificate in PEM`,
  )
  const privateKey: KeyObject = parse(
    () => createPrivateKey(keyText),
    `${keyName} must be a private key in PEM, without a passphrase`,
  )
  if (!certificate.checkPrivateKey(privateKey))
    throw new RangeError(`${keyName} is not the private key of ${certName}`)
  const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)]
  const now = new Date()
  if (now > to) throw new RangeError(`${certName} expired on ${to.toISOString()}`)
  if (now < from) throw new RangeError(`${certName} is not valid before ${from.toISOString()}`)
  return { options: { cert: certText, key: keyText } }
}

function toPem(value: string | Uint8Array, name: string): string {
  if (typeof value !== 'string') return Buffer.from(value).toString()
  if (value.includes('-----BEGIN')) return value
  try {
    return readTextFile(value)
  } catch (error) {
    throw new RangeError(`${name}: ${(error as Error).message}`)
  }
}

function parse<T>(read: () => T, complaint: string): T {
  try {
    return read()
  } catch {
    throw new RangeError(complaint)
  }
}

function write(file: string, text: string, name: string): void {
  const failure = writeFile(file, text)
  if (failure) throw new RangeError(`${name}: ${failure}`)
}
