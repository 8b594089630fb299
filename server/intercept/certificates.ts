import { randomBytes, webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import { DOCUMENTED_HOSTS } from './hosts.js'
import {
  AsnConvert,
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  KeyUsageFlags,
  KeyUsagesExtension,
  NameConstraints,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from './x509.js'

/** A server's certificate, in PEM. */
export interface Identity {
  /** The certificate itself, then the intermediate that signed it. */
  cert: string
  /** The private key. It exists in memory only. */
  key: string
}

/** An authority for one run, and what it signed. */
export interface Certificates {
  /** The root certificate, in PEM, for clients to trust. */
  ca: string
  /** For the documented hosts and `localhost`. */
  names: Identity
  /** For these and the loopback addresses: Bun refuses a certificate with addresses altogether. */
  addresses: Identity
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

const HOUR = 3_600_000

const NAMES = [...DOCUMENTED_HOSTS, 'localhost']
const ADDRESSES = ['127.0.0.1', '::1']

/** The loopback addresses as subnets of one address each: RFC 5280, section 4.2.1.10. */
const SUBNETS = ['127.0.0.1/32', '::1/128']

/**
 * Makes a new authority and certificates, valid for a day. Nobody can sign another certificate with
 * the authority: the keys of the root and of the intermediate are forgotten before this resolves, and
 * name constraints limit both to the documented hosts, `localhost` and the loopback addresses. The
 * intermediate repeats the root's constraints because Java ignores those of a trust anchor.
 */
export async function createCertificates(now = new Date()): Promise<Certificates> {
  // Roots of several mocks, which one program may trust at once, must not share a name.
  const id = randomBytes(4).toString('hex')
  const root = await createIssuer(`zapsign-mock root ${id}`, { now, pathLength: 1 })
  const intermediate = await createIssuer(`zapsign-mock intermediate ${id}`, {
    now,
    pathLength: 0,
    issuer: root,
  })
  return {
    ca: toPem([root.certificate]),
    names: await createIdentity(now, intermediate, NAMES),
    addresses: await createIdentity(now, intermediate, [...NAMES, ...ADDRESSES]),
  }
}

interface Signed {
  certificate: X509Certificate
  keys: webcrypto.CryptoKeyPair
}

interface IssuerOptions {
  now: Date
  /** How many intermediates may follow. */
  pathLength: number
  /** Itself, where it is left out. */
  issuer?: Signed
}

async function createIssuer(
  name: string,
  { now, pathLength, issuer }: IssuerOptions,
): Promise<Signed> {
  const keys = await generateKeys({ extractable: false })
  return sign(name, keys, now, issuer, [
    new BasicConstraintsExtension(true, pathLength, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    nameConstraints(),
  ])
}

async function createIdentity(
  now: Date,
  issuer: Signed,
  subjects: readonly string[],
): Promise<Identity> {
  const keys = await generateKeys({ extractable: true })
  const { certificate } = await sign('zapsign-mock', keys, now, issuer, [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(
      subjects.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value })),
    ),
  ])
  return {
    cert: toPem([certificate, issuer.certificate]),
    key: await exportKey(keys.privateKey),
  }
}

async function sign(
  name: string,
  keys: webcrypto.CryptoKeyPair,
  now: Date,
  issuer: Signed | undefined,
  extensions: readonly Extension[],
): Promise<Signed> {
  const signer = issuer?.keys ?? keys
  const certificate = await X509CertificateGenerator.create(
    {
      subject: `CN=${name}`,
      issuer: issuer ? issuer.certificate.subject : `CN=${name}`,
      publicKey: keys.publicKey,
      signingKey: signer.privateKey,
      signingAlgorithm: ALGORITHM,
      // Clocks of other machines and containers may be a little late.
      notBefore: new Date(now.getTime() - HOUR),
      notAfter: new Date(now.getTime() + 24 * HOUR),
      extensions: [
        ...extensions,
        // Python 3.13 refuses certificates without key identifiers.
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
        await AuthorityKeyIdentifierExtension.create(signer.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  )
  return { certificate, keys }
}

function generateKeys({ extractable }: { extractable: boolean }): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, extractable, ['sign', 'verify'])
}

function nameConstraints(): Extension {
  const permitted = [
    ...NAMES.map((dNSName) => new GeneralName({ dNSName })),
    ...SUBNETS.map((iPAddress) => new GeneralName({ iPAddress })),
  ]
  const permittedSubtrees = new GeneralSubtrees(
    permitted.map((base) => new GeneralSubtree({ base })),
  )
  const value = AsnConvert.serialize(new NameConstraints({ permittedSubtrees }))
  return new Extension('2.5.29.30', true, value)
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`
}

function toPem(certificates: readonly X509Certificate[]): string {
  return certificates.map((certificate) => `${certificate.toString('pem')}\n`).join('')
}
