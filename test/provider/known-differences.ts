import type { RawRequest } from '../corpus.js'
import type { Compared } from './compare.js'
import { currentVersions, isOlder, type PackageName } from './packages.js'

/** A difference that is intended or cannot be avoided, and the reason. */
export interface KnownDifference {
  reason: string
  /** The first version of a package that no longer differs. */
  before?: { package: PackageName; version: string }
  covers(request: RawRequest, theirs: Compared, ours: Compared): boolean
}

/** Every difference between the mock and the real frameworks that `compare.ts` does not normalize. */
const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    reason: 'Node’s HTTP parser refuses bytes in a request line that no client may send',
    covers: ({ target }, _, { status }) => status === 400 && /[^\x21-\x7e]/.test(target),
  },
  {
    reason: 'charsets that the mock does not know and reads as UTF-8',
    covers: ({ headers }) =>
      /charset="?(utf.?32|utf.?7|cp437|shift|punycode)/i.test(headers['content-type'] ?? ''),
  },
  {
    reason: 'numbers in claims that JavaScript cannot keep: NaN, and those beyond 2^53',
    covers: ({ headers, body }) =>
      claimsIn(`${headers['authorization'] ?? ''} ${Buffer.from(body).toString('latin1')}`).some(
        (claims) => /NaN|Infinity|1e400|\d{17}/.test(claims),
      ),
  },
  {
    reason:
      'bytes that are not ASCII in a token, which HTTP headers and JSON bodies encode differently',
    covers: ({ headers }) => /[^\0-\x7f]/.test(headers['authorization'] ?? ''),
  },
  {
    reason:
      'Django before 3:3.2.25-0+deb12u7 takes a base64 part of characters that are not base64',
    before: { package: 'python3-django', version: '3:3.2.25-0+deb12u7' },
    covers: ({ body }, _, ours) =>
      ours.body.includes('Could not decode base64 data') &&
      /content-transfer-encoding/i.test(Buffer.from(body).toString('latin1')),
  },
  {
    reason: 'the frameworks crash (500); the mock refuses',
    covers: (_, theirs) => theirs.status === 500,
  },
]

/** The payloads of the tokens in a text. */
function claimsIn(text: string): string[] {
  const payloads = [...text.matchAll(/eyJ[\w-]*\.(eyJ[\w-]*)/g)].map(([, payload = '']) => payload)
  return payloads.map((payload) => Buffer.from(payload, 'base64url').toString())
}

/** Those that apply to the versions that are compared with. */
export function knownDifferences(): KnownDifference[] {
  const current = currentVersions()
  return KNOWN_DIFFERENCES.filter(
    ({ before }) => !before || isOlder(current[before.package], before.version),
  )
}
