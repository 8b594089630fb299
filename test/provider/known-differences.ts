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
    reason: 'Python’s development server folds leading slashes; the servers of production do not',
    covers: ({ target }) => target.startsWith('//'),
  },
  {
    reason: 'Node’s HTTP parser refuses bytes in a request line that no client may send',
    covers: ({ target }, _, { status }) => status === 400 && /[^\x21-\x7e]/.test(target),
  },
  {
    reason: 'Python’s base64 passes over characters that are none of its alphabet; jose does not',
    covers: ({ headers, body }, _, ours) => {
      const sent = `${headers['authorization'] ?? ''} ${Buffer.from(body).toString('latin1')}`
      return ours.status === 401 && /eyJ[^.]*\.[^.]*\.[\w-]*[^\w\s"-]/.test(sent)
    },
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

/** Those that apply to the versions that are compared with. */
export function knownDifferences(): KnownDifference[] {
  const current = currentVersions()
  return KNOWN_DIFFERENCES.filter(
    ({ before }) => !before || isOlder(current[before.package], before.version),
  )
}
