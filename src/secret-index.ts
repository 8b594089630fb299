/** Secrets that are found in a text without a search for each of them. */
export interface SecretIndex {
  add(secret: string): void
  /** Undoes one `add` of the secret. */
  remove(secret: string): void
  clear(): void
  /** The secret that equals a text, as it was added. */
  find(text: string): string | undefined
  /** Where the secrets in a text are, in any letter case. */
  spansIn(text: string): readonly Span[]
}

/** A part of a text: the index of its first character, and the index after its last. */
export type Span = readonly [start: number, end: number]

/** Replaces parts of a text. Parts that overlap are replaced together. */
export function replaceSpans(text: string, spans: readonly Span[], by: string): string {
  if (spans.length === 0) return text
  let replaced = ''
  let from = 0
  for (const [start, end] of [...spans].sort(([one], [other]) => one - other)) {
    if (start >= from) replaced += text.slice(from, start) + by
    from = Math.max(from, end)
  }
  return replaced + text.slice(from)
}

/** A shorter secret may be a part of an ordinary word. It is replaced only where it is a whole value. */
const SHORTEST_ANYWHERE = 6

const NOWHERE: readonly Span[] = []

/** All spans of two lists. Most texts have none. */
export function joined(some: readonly Span[], others: readonly Span[]): readonly Span[] {
  if (others.length === 0) return some
  return some.length === 0 ? others : [...some, ...others]
}

/** What separates values in a path, a query or a URL. */
const VALUE = /[^/?#&=:;,@\s]+/g

/** The time that a search takes depends on the length of the text, not on the number of secrets. */
export function createSecretIndex(secrets: Iterable<string> = []): SecretIndex {
  const counts = new Map<string, { secret: string; count: number }>()
  const short = new Map<string, number>()
  /** Secrets by their first characters, then by their length. */
  const long = new Map<string, Map<number, Map<string, number>>>()
  /** The low bytes of the first characters of long secrets, also of those that were removed. */
  const firsts = new Uint8Array(256)

  function change(secret: string, by: 1 | -1): void {
    if (secret === '') return
    const known = counts.get(secret)
    const count = (known?.count ?? 0) + by
    if (count > 0) counts.set(secret, { secret: known?.secret ?? secret, count })
    else counts.delete(secret)
    const folded = fold(secret)
    if (folded.length < SHORTEST_ANYWHERE) {
      changeCount(short, folded, by)
      return
    }
    const start = folded.slice(0, SHORTEST_ANYWHERE)
    firsts[start.charCodeAt(0) & 0xff] = 1
    const byLength = entryOf(long, start, () => new Map<number, Map<string, number>>())
    const same = entryOf(byLength, folded.length, () => new Map<string, number>())
    changeCount(same, folded, by)
    if (same.size === 0) byLength.delete(folded.length)
    if (byLength.size === 0) long.delete(start)
  }

  /** The length of the longest secret at a place in a text. */
  function lengthAt(folded: string, at: number): number {
    const byLength = long.get(folded.slice(at, at + SHORTEST_ANYWHERE))
    let longest = 0
    for (const [length, same] of byLength ?? []) {
      if (length > longest && same.has(folded.slice(at, at + length))) longest = length
    }
    return longest
  }

  function longSpans(text: string): readonly Span[] {
    if (long.size === 0 || text.length < SHORTEST_ANYWHERE) return NOWHERE
    const folded = fold(text)
    const spans: Span[] = []
    for (let at = 0; at <= folded.length - SHORTEST_ANYWHERE; ) {
      const length = firsts[folded.charCodeAt(at) & 0xff] ? lengthAt(folded, at) : 0
      if (length > 0) spans.push([at, at + length])
      at += length || 1
    }
    return spans
  }

  function shortSpans(text: string): readonly Span[] {
    if (short.size === 0) return NOWHERE
    return valuesIn(text).filter(([start, end]) => short.has(fold(text.slice(start, end))))
  }

  for (const secret of secrets) change(secret, 1)
  return {
    add: (secret) => change(secret, 1),
    remove: (secret) => counts.has(secret) && change(secret, -1),
    clear() {
      for (const map of [counts, short, long]) map.clear()
      firsts.fill(0)
    },
    find: (text) => counts.get(text)?.secret,
    spansIn: (text) => joined(longSpans(text), shortSpans(text)),
  }
}

/** The values in a path, a query or a URL. */
export function valuesIn(text: string): Span[] {
  return spansOf(text, VALUE)
}

/** Where a pattern matches. */
export function spansOf(text: string, pattern: RegExp): Span[] {
  return Array.from(text.matchAll(pattern), ({ index, 0: match }) => [index, index + match.length])
}

function changeCount(counts: Map<string, number>, key: string, by: number): void {
  const count = (counts.get(key) ?? 0) + by
  if (count > 0) counts.set(key, count)
  else counts.delete(key)
}

function entryOf<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const created = create()
  map.set(key, created)
  return created
}

/** Lower case, of the same length: in a few languages a letter has another length in lower case. */
function fold(text: string): string {
  const lower = text.toLowerCase()
  if (/^[\0-\x7f]*$/.test(text)) return lower
  return text.replace(/[^\0-\x7f]|[A-Z]/g, (unit) => {
    const small = unit.toLowerCase()
    return small.length === 1 ? small : unit
  })
}
