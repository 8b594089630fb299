import { printableJson } from '../../../src/internal.js'
import { createControlClient } from '../../control/client.js'
import { ControlError } from '../../control/control-error.js'
import { CommandError, UsageError } from '../errors.js'
import type { Verb } from '../flags/control-verbs.js'
import type { Invocation } from '../flags/invocation.js'
import { createPrinter } from '../output/print.js'
import { controlUrl } from './control-url.js'
import { printRequests } from './print-requests.js'
import type { VerbCall } from './verb-call.js'

type ControlInvocation = Extract<Invocation, { command: 'control' }>

/** Controls a running mock. Throws a {@link CommandError} of one line: code 2 for a wrong value. */
export async function control(invocation: ControlInvocation): Promise<number> {
  const { verb, value, options, url, token } = invocation
  const { ZAPSIGN_CONTROL_TOKEN, ZAPSIGN_MOCK_CONTROL_TOKEN } = process.env
  const known = token || ZAPSIGN_CONTROL_TOKEN || ZAPSIGN_MOCK_CONTROL_TOKEN
  const client = createControlClient(controlUrl(url, '--url'), known ? { token: known } : {})
  try {
    await RUN[verb]({ client, value, options, printer: createPrinter(process.stdout) })
    return 0
  } catch (error) {
    throw error instanceof ControlError ? explain(error) : error
  }
}

const RUN: Readonly<Record<Verb, (call: VerbCall) => Promise<unknown>>> = {
  reset: ({ client }) => client.send('POST', 'reset'),

  advance: async ({ client, value, printer }) =>
    printer.print(Object(await client.send('POST', 'time/advance', { by: value })).now),

  'set-time': async ({ client, value = '', printer }) => {
    const now = /^\d{12,}$/.test(value) ? Number(value) : value
    printer.print(Object(await client.send('PUT', 'time', { now })).now)
  },

  outcome: async ({ client, value, options, printer }) =>
    printer.print(printableJson(await client.send('POST', 'outcomes', toOutcome(value, options)))),

  requests: printRequests,

  token: async ({ client, value, options, printer }) => {
    const body = { ...options, ...(value !== undefined && { username: value }) }
    printer.print(JSON.stringify(await client.send('POST', 'tokens', body)))
  },

  users: async ({ client, options, printer }) => {
    const { users } = Object(await client.send('GET', 'users'))
    for (const user of users) printer.print(options['json'] ? printableJson(user) : toLine(user))
  },
}

function toOutcome(outcome: string | undefined, options: VerbCall['options']) {
  const { times } = options
  const isNumber = typeof times === 'string' && /^-?\d+(\.\d+)?$/.test(times)
  return { ...options, outcome, ...(isNumber && { times: Number(times) }) }
}

function toLine({ id, username, active, organizations = [] }: Record<string, unknown>): string {
  const where = [organizations].flat().join(',')
  return [id, username, active ? 'active' : 'inactive', where].filter(Boolean).join(' ')
}

/** How the command line calls the fields of the control API. */
const NAMES: Readonly<Record<string, string>> = {
  by: 'the duration',
  now: 'the date',
  outcome: 'the outcome',
}

/** What is wrong in a request is wrong on the command line. */
function explain({ message, problem }: ControlError): CommandError {
  if (!problem) return new CommandError(message)
  const { field, status, detail } = problem
  const name = field && (NAMES[field] ?? toFlag(field))
  const text = field && detail.startsWith(`${field} `) ? name + detail.slice(field.length) : detail
  if (status === 401 && !text.includes('wrong'))
    return new UsageError(
      'The mock needs its control token: --control-token or ZAPSIGN_CONTROL_TOKEN',
    )
  return [400, 404, 409].includes(status)
    ? new UsageError(capitalize(text))
    : new CommandError(text)
}

function toFlag(field: string): string {
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

function capitalize(text: string): string {
  return text.replace(/^./, (first) => first.toUpperCase())
}
