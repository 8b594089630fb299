import { LITERALS } from '../promises.js'
import { redact } from '../redact.js'

/** How a call of a client ended. */
export type Settled =
  | { value: unknown }
  | {
      /** Such as `threw Error: no route`. */
      error: string
      /** The error itself, when one was thrown. */
      thrown?: unknown
    }

/** Waits for a call for `timeout` milliseconds. Never rejects. */
export async function settle(call: () => Promise<unknown>, timeout: number): Promise<Settled> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Settled>((resolve) => {
    timer = setTimeout(() => resolve({ error: `did not settle within ${timeout} ms` }), timeout)
  })
  const settled = call().then(
    (value) => ({ value }),
    (thrown: unknown) => ({ error: `threw ${describe(thrown)}`, thrown }),
  )
  const first = await Promise.race([settled, late])
  clearTimeout(timer)
  return first
}

const MOST_CHARACTERS = 1000

/** The name, the message and the causes of an error, on one line. */
function describe(thrown: unknown): string {
  const [first = '', ...causes] = chainOf(thrown).map(nameAndMessage)
  const text = [first, ...causes.map((cause) => `(cause: ${cause})`)].join(' ')
  return withoutSecrets(text).replace(/\s+/g, ' ').slice(0, MOST_CHARACTERS)
}

/** The stack of an error and of its causes. */
export function stackOf(thrown: unknown): string {
  const stacks = chainOf(thrown).map((one) =>
    one instanceof Error ? (one.stack ?? nameAndMessage(one)) : nameAndMessage(one),
  )
  return withoutSecrets(stacks.join('\ncaused by ')).slice(0, 10 * MOST_CHARACTERS)
}

/** More causes than anybody reads; an error may also be its own cause. */
const MOST_CAUSES = 5

function chainOf(thrown: unknown): unknown[] {
  const chain = [thrown]
  for (let last = thrown; last instanceof Error && last.cause !== undefined; last = last.cause) {
    if (chain.push(last.cause) > MOST_CAUSES) break
  }
  return chain
}

function nameAndMessage(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown === 'string' ? thrown : typeof thrown
  return thrown.message === '' ? thrown.name : `${thrown.name}: ${thrown.message}`
}

/** Variables whose values a client may have put into an error. */
const SECRET_NAMES = /pass(word|phrase)?|secret|token|api_?key|credential/i

function withoutSecrets(text: string): string {
  const own = Object.entries(process.env).filter(([name]) => SECRET_NAMES.test(name))
  const secrets = own.map(([, value = '']) => value).filter((value) => value.length >= 6)
  return redact(text, [LITERALS.password, LITERALS.wrongPassword, ...secrets])
}
