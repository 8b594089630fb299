// The library needs this at its own start. Both are published as one file, which is loaded on demand.
import 'reflect-metadata'

export { AsnConvert } from '@peculiar/asn1-schema'
export {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  NameConstraints,
} from '@peculiar/asn1-x509'
export {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
