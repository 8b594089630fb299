import { createSecretIndex, type Passwords, type Span, valuesIn } from '../../src/internal.js'

/** Finds passwords of which this process knows the text, or only the digest. */
export interface SharedPasswords extends Passwords {
  /** Remembers the text of a password that this process was given. */
  know(password: string): void
  /** Replaces the digests of all passwords there are. */
  replace(digests: readonly string[]): void
}

export function createPasswords(digest: (text: string) => string): SharedPasswords {
  const texts = new Set<string>()
  const index = createSecretIndex()
  let digests = new Set<string>()
  const isPassword = (text: string) => digests.has(digest(text))

  function spansIn(text: string): Span[] {
    // A password that another process was given is found where it is a whole value.
    const values = valuesIn(text).filter(([from, to]) => isPassword(text.slice(from, to)))
    return [...index.spansIn(text), ...values]
  }

  return {
    know: (password) => void texts.add(password),
    replace(all) {
      digests = new Set(all)
      index.clear()
      for (const text of texts) if (isPassword(text)) index.add(text)
    },
    find: (text) => (isPassword(text) ? text : undefined),
    spansIn,
  }
}
