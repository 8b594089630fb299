import type { RawRequest } from '../corpus.js'
import type { Compared } from './compare.js'

/** A difference that is meant, or that nobody can mend, and why. */
export interface KnownDifference {
  reason: string
  covers(request: RawRequest, theirs: Compared, ours: Compared): boolean
}

/** Everything in which the mock differs from the real frameworks, beside what `compare.ts` normalises. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
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
    reason: 'the frameworks crash (500); the mock refuses',
    covers: (_, theirs) => theirs.status === 500,
  },
]
