import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { expect, test } from 'vitest'
import { fromTrustStore, toTrustStore } from '../../../server/intercept/java-trust-store.js'

const PEM = rootCertificates
  .slice(0, 3)
  .map((pem) => new X509Certificate(pem).toString())
  .join('')

test('a trust store contains the certificates it was made of', () => {
  expect(fromTrustStore(toTrustStore(PEM))).toBe(PEM)
  expect(fromTrustStore(toTrustStore(''))).toBe('')
})

test('a store of another type is not read', () => {
  expect(fromTrustStore(Buffer.from('0\x82\n\x9e\x02\x01\x03 a PKCS #12 store'))).toBe(undefined)
  expect(fromTrustStore(Buffer.alloc(0))).toBe(undefined)
})
