import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { createZapSign } from '../../dist/src/index.js'
import { start } from '../load/server.js'
import type { Subject } from '../load/subject.js'
import { type Call, type Dialect, zapsignCalls } from './calls.js'

/** What a tool answered to a call. */
export interface Answer {
  status: number
  location?: string | undefined
  body: string
}

/** Milliseconds to wait for an answer. */
const PATIENCE = 15_000

/** Wrong logins in a row, after which ZapSign's documentation says "Rate limit exceeded". */
const FAILURES = 5

/** Starts a tool, asks it everything in order, and returns an answer or a remark for each question. */
export async function askAll(subject: Subject, dialect: Dialect = zapsignCalls) {
  const server = await start(subject)
  try {
    const expired = await createZapSign().issueTokenPair(undefined, { accessLifetime: '-1s' })
    const { 'right credentials': right } = dialect({ access: '', expired: '' })
    if (!right) throw new Error('A dialect needs a login')
    const access = accessOf(await ask(server.port, right))
    // A token without a random part is new in each second.
    await pause(1100)
    const second = accessOf(await ask(server.port, right))
    const answers: Record<string, Answer | string> = {
      'access token': describe(access),
      'a second login': access === second ? 'the same token' : 'a new token',
    }
    const calls = dialect({ access, expired: expired.access })
    for (const [question, call] of Object.entries(calls))
      answers[question] = await ask(server.port, call)
    const wrong = calls['wrong password'] ?? right
    for (let index = 0; index < FAILURES; index += 1) await ask(server.port, wrong)
    answers['right again, after 5 wrong'] = await ask(server.port, right)
    return answers
  } finally {
    await server.stop()
  }
}

/** The answer, or a remark if there is none. `fetch` would follow a redirect and add headers of its own. */
function ask(port: number, call: Call): Promise<Answer | string> {
  const { method, path, type, body, authorization } = call
  const headers = {
    ...(type && { 'content-type': type }),
    ...(authorization && { authorization }),
  }
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, method, path, headers, agent: false }
    const sent = request(options, async (response) => {
      const chunks = await response.toArray()
      const { statusCode: status = 0, headers } = response
      resolve({ status, location: headers.location, body: Buffer.concat(chunks).toString() })
    })
    sent.setTimeout(PATIENCE, () => sent.destroy(new Error(`no answer in ${PATIENCE / 1000} s`)))
    sent.on('error', ({ message }) => resolve(message))
    sent.end(body)
  })
}

function accessOf(answer: Answer | string): string {
  if (typeof answer === 'string') throw new Error(`A login failed: ${answer}`)
  const { access, access_token } = JSON.parse(answer.body)
  return access ?? access_token
}

/** The algorithm and the end of a token, as it claims them. */
function describe(token: string): string {
  const { alg } = decodeProtectedHeader(token)
  const { exp = 0 } = decodeJwt(token)
  const hours = Math.round((exp - Date.now() / 1000) / 360) / 10
  const end = hours < 48 ? `in ${hours} h` : `in ${new Date(exp * 1000).getUTCFullYear()}`
  return `${alg}, expires ${end}`
}
