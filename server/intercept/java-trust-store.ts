import { createHash, X509Certificate } from 'node:crypto'

/** The password of the stores that the JDK ships. It protects nothing: certificates are public. */
export const STORE_PASSWORD = 'changeit'

const MAGIC = 0xfeedfeed
const VERSION = 2
const TRUSTED_CERTIFICATE = 2

/** Writes certificates, in PEM, as a Java trust store of the type JKS. */
export function toTrustStore(pem: string, now = new Date()): Buffer {
  const certificates = toDer(pem)
  const entries = certificates.flatMap((der, index) => [
    int(TRUSTED_CERTIFICATE),
    utf(`certificate-${index}`),
    long(now.getTime()),
    utf('X.509'),
    int(der.length),
    der,
  ])
  const store = Buffer.concat([int(MAGIC), int(VERSION), int(certificates.length), ...entries])
  return Buffer.concat([store, digest(store)])
}

/** The certificates of a JKS store, in PEM; `undefined` for a store of another type. */
export function fromTrustStore(store: Buffer): string | undefined {
  if (store.length < 12 || store.readUInt32BE(0) !== MAGIC) return undefined
  let at = 12
  const read = (size: number) => store.subarray(at, (at += size))
  const readUtf = () => read(read(2).readUInt16BE()).toString()
  const pems: string[] = []
  for (let left = store.readUInt32BE(8); left > 0; left--) {
    // A private key: such a store is a program's identity rather than what it trusts.
    if (read(4).readUInt32BE() !== TRUSTED_CERTIFICATE) return undefined
    readUtf()
    read(8)
    readUtf()
    pems.push(new X509Certificate(read(read(4).readUInt32BE())).toString())
  }
  return pems.join('')
}

function toDer(pem: string): Buffer[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  return blocks.map((block) => Buffer.from(block.replace(/-----[^-]+-----|\s/g, ''), 'base64'))
}

/** The JDK's check of integrity, with its fixed salt. */
function digest(store: Buffer): Buffer {
  const password = Buffer.from(STORE_PASSWORD, 'utf16le').swap16()
  return createHash('sha1').update(password).update('Mighty Aphrodite').update(store).digest()
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

function utf(text: string): Buffer {
  const bytes = Buffer.from(text)
  const size = Buffer.alloc(2)
  size.writeUInt16BE(bytes.length)
  return Buffer.concat([size, bytes])
}
