import * as v from 'valibot'
import {
  assertZapSign,
  type JournalEntry,
  OUTCOME_NAMES,
  type OutcomeName,
  objectOf,
  REFUSAL_NAMES,
  type RefusalName,
  show,
  validate,
  type ZapSign,
} from '../src/internal.js'

/** The result of a matcher, for Vitest and Jest alike. */
export interface MatcherResult {
  pass: boolean
  /** What the runner prints: what was expected, and the requests that came. */
  message(): string
}

/** The assertions that {@link matchers} adds. `R` is the return type of the runner's assertions. */
export interface ZapSignMatchers<R = void> {
  /**
   * The provider granted this many logins, or at least one.
   *
   * @throws the runner's assertion error, and a `RangeError` for a number that is not a whole one
   */
  toHaveIssuedTokens(times?: number): R
  /**
   * The provider refreshed this many access tokens, or at least one.
   *
   * @throws as `toHaveIssuedTokens` does
   */
  toHaveRefreshed(times?: number): R
  /**
   * This many requests, or at least one, got this error response or forced outcome.
   *
   * @throws as `toHaveIssuedTokens` does, and a `RangeError` for an unknown name
   */
  toHaveRejected(name: RefusalName | OutcomeName, times?: number): R
  /**
   * This user signed in, with this password if one is given.
   *
   * @throws as `toHaveIssuedTokens` does, and a `TypeError` for wrong arguments
   */
  toHaveSignedInAs(username: string, options?: { password?: string }): R
  /** No request was answered with 401 or 403. */
  toHaveNoUnauthorizedCalls(): R
}

/**
 * Assertions about the requests that a provider got, for `expect.extend` of Vitest and Jest.
 *
 * @example
 * import { expect } from 'vitest'
 * import { matchers } from 'zapsign-mock/mocks'
 *
 * expect.extend(matchers)
 */
export const matchers = {
  /** The provider granted this many logins, or at least one. */
  toHaveIssuedTokens: (received: unknown, times?: number) =>
    check(received, 'toHaveIssuedTokens', {
      what: 'a login that was granted',
      times,
      matches: ({ outcome }) => outcome === 'authenticated',
    }),

  /** The provider refreshed this many access tokens, or at least one. */
  toHaveRefreshed: (received: unknown, times?: number) =>
    check(received, 'toHaveRefreshed', {
      what: 'an access token that was refreshed',
      times,
      matches: ({ outcome }) => outcome === 'refreshed',
    }),

  /** This many requests, or at least one, got this error response or forced outcome. */
  toHaveRejected(received: unknown, name: RefusalName | OutcomeName, times?: number) {
    if (!REJECTIONS.includes(name)) {
      const known = [...new Set(REJECTIONS)].join(', ')
      throw new RangeError(`toHaveRejected takes one of ${known}, got ${show(name)}`)
    }
    return check(received, 'toHaveRejected', {
      what: `a call that met ${name}`,
      times,
      matches: ({ outcome }) => outcome === name,
    })
  },

  /** This user signed in, with this password if one is given. */
  toHaveSignedInAs(received: unknown, username: string, options: { password?: string } = {}) {
    const { journal } = provider(received, 'toHaveSignedInAs')
    // The message does not show the value: it may be a password.
    if (typeof options !== 'object' || options === null)
      throw new TypeError('toHaveSignedInAs takes { password } as its second argument')
    const { password } = validate(signedInSchema, { ...options, username }, namePlace)
    return check(received, 'toHaveSignedInAs', {
      what: `a login granted to ${username}${password === undefined ? '' : ' with the given password'}`,
      matches: (entry) =>
        entry.outcome === 'authenticated' &&
        entry.username === username &&
        (password === undefined || journal.hasPassword(entry, password)),
    })
  },

  /** No request was answered with 401 or 403. */
  toHaveNoUnauthorizedCalls: (received: unknown) =>
    check(received, 'toHaveNoUnauthorizedCalls', {
      what: 'a call that was answered with 401 or 403',
      times: 0,
      matches: ({ status }) => status === 401 || status === 403,
    }),
}

const text = v.string('a string')
const namePlace = (path: string) => `toHaveSignedInAs: ${path || 'what it takes'}`
const signedInSchema = objectOf({ username: text, password: v.optional(text) })

const REJECTIONS: readonly string[] = [...REFUSAL_NAMES, ...OUTCOME_NAMES].filter(
  (name) => name !== 'authenticated',
)

interface Expectation {
  /** Names one entry that counts: `a login that was granted`. */
  what: string
  /** The number of entries that must match. @default at least one */
  times?: number | undefined
  matches(entry: JournalEntry): boolean
}

function check(
  received: unknown,
  matcher: string,
  { what, times, matches }: Expectation,
): MatcherResult {
  const zapsign = provider(received, matcher)
  if (times !== undefined && !(Number.isSafeInteger(times) && times >= 0)) {
    throw new RangeError(`${matcher} takes a whole number from 0 upwards, got ${show(times)}`)
  }
  const count = zapsign.journal.count(matches)
  const pass = times === undefined ? count > 0 : count === times
  const wanted = times === undefined ? 'at least once' : times === 1 ? 'once' : `${times} times`
  return {
    pass,
    message: () =>
      `Expected ${what}${pass ? ' not' : ''} ${wanted}, found ${count}.\n\n${describe(zapsign)}`,
  }
}

function provider(received: unknown, matcher: string): ZapSign {
  assertZapSign(received, `expect(…).${matcher}`)
  return received
}

/** The number of entries that a message shows. */
const SHOWN = 20

function describe({ journal }: ZapSign): string {
  const { entries, dropped } = journal
  if (entries.length === 0) return 'The journal is empty.'
  const hidden = dropped + Math.max(0, entries.length - SHOWN)
  const lines = entries.slice(-SHOWN).map(describeEntry)
  if (hidden > 0) lines.unshift(`… ${hidden} before`)
  return `The journal:\n${lines.map((line) => `  ${line}`).join('\n')}`
}

function describeEntry({ method, path, status, outcome, username, hint }: JournalEntry): string {
  const call = [method, path, status, outcome, username]
    .filter((part) => part !== undefined)
    .join(' ')
  return hint ? `${call}\n    ${hint}` : call
}
