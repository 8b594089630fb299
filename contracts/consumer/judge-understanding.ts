import { PROMISE_NAMES, type PromiseName } from '../promises.js'
import { countOf } from '../report.js'
import { broken, type PromiseResult } from '../results.js'
import { EXERCISES } from './exercises.js'
import type { Settled } from './settle.js'

/** Checks how a client understood the reply to a correct request. */
export function judgeUnderstanding(
  name: PromiseName,
  reply: string,
  settled: Settled,
): PromiseResult {
  const requests = 1
  const expected = `{ kind: '${name}' }`
  if ('error' in settled) {
    const nearMiss = `The request is right, but the client ${settled.error} instead of resolving to ${expected}.`
    const mismatch = `reply: expected ${expected}, the client ${settled.error}`
    return broken(name, requests, [{ mismatch, nearMiss }])
  }
  const got = Object(settled.value) as Record<string, unknown>
  if (got['kind'] !== name) {
    const shown = shownKind(settled.value)
    const nearMiss = shown.startsWith("'")
      ? `The reply was taken for ${shown}, it is '${name}'.`
      : `The client returned ${shown} instead of ${expected}.`
    return broken(name, requests, [
      { mismatch: `kind: expected the reply's, got ${shown}`, nearMiss },
    ])
  }
  const sent = JSON.parse(reply || '{}')
  const wrong = EXERCISES[name].tokens.find((key) => got[key] !== sent[key])
  if (!wrong) return { name, result: 'kept', requests }
  const nearMiss = explainToken(wrong, got[wrong], sent)
  return broken(name, requests, [
    { mismatch: `${wrong}: expected the reply's, got something else`, nearMiss },
  ])
}

/** Kinds are words of our interface. Anything else may be a token. */
function shownKind(value: unknown): string {
  if (value === undefined) return 'undefined (a missing return?)'
  if (value === null) return 'null'
  const { kind } = Object(value)
  if (PROMISE_NAMES.some((name) => name === kind)) return `'${kind}'`
  return kind === undefined ? 'something without a `kind`' : 'an unknown `kind`'
}

/** How a returned value differs from the token in the reply. */
function explainToken(key: string, got: unknown, sent: Readonly<Record<string, string>>): string {
  const how = howDifferent(key, got, sent)
  return [`\`${key}\` is not the \`${key}\` of the reply.`, how].filter(Boolean).join(' ')
}

function howDifferent(
  key: string,
  got: unknown,
  sent: Readonly<Record<string, string>>,
): string | undefined {
  const token = sent[key] ?? ''
  if (got === undefined || got === null) return `It is ${got}.`
  if (typeof got !== 'string') return `It is not a string, but of type ${typeof got}.`
  const other = Object.keys(sent).find((name) => sent[name] === got)
  if (other) return `It returned the reply's \`${other}\` as \`${key}\`.`
  if (token.includes(got))
    return `It is ${countOf(token.length - got.length, 'character')} shorter.`
  if (got.includes(token)) return `It is ${countOf(got.length - token.length, 'character')} longer.`
  return undefined
}
