import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { PactRunError } from '../errors.js'
import { redact } from '../redact.js'

/** What Pact's verifier found. */
export interface Results {
  interactionResults: { description: string; result: string }[]
  errors: {
    interaction: string
    mismatch: {
      type: string
      message?: string
      mismatches?: { type: string; mismatch: string; path?: string }[]
    }
  }[]
}

interface ChildTask {
  /** The main file of Pact. */
  pact: string
  options: object
}

/** Runs Pact's verifier in a child process. Rejects with a {@link PactRunError}. */
export function runChild(task: ChildTask, folder: string): Promise<Results> {
  const child = fork(
    fileURLToPath(new URL('./pact-verifier-child.cjs', import.meta.url)),
    [folder],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      env: { ...withoutPactSettings(process.env), PACT_DO_NOT_TRACK: 'true' },
    },
  )
  const lastLine = listenTo(child)
  return new Promise((resolve, reject) => {
    child.once('message', ({ results }: { results: unknown }) => {
      const parsed = parseResults(String(results))
      if (parsed) resolve(parsed)
      else reject(new PactRunError(oneLine(String(results))))
    })
    child.once('error', ({ message }) => reject(new PactRunError(message)))
    child.once('close', (code, signal) => {
      const end = signal ? `it was ended by ${signal}` : `it ended with ${code}`
      reject(new PactRunError([end, lastLine()].filter(Boolean).join(': ')))
    })
    // The close event reports a child that ended before it could be sent anything.
    child.send(task, () => {})
  })
}

/** `undefined` for anything else than results, such as the message of an error. */
function parseResults(text: string): Results | undefined {
  try {
    const { interactionResults, errors = [] } = JSON.parse(text)
    return Array.isArray(interactionResults) && Array.isArray(errors)
      ? { interactionResults, errors }
      : undefined
  } catch {
    return undefined
  }
}

/** Characters of Pact's output that are kept. */
const KEPT_LENGTH = 2000

/** A function that returns the last line on a child's stderr. Its stdout may hold tokens. */
function listenTo({ stdout, stderr }: ChildProcess): () => string {
  let output = ''
  stdout?.resume()
  stderr?.on('data', (chunk) => {
    output = `${output}${chunk}`.slice(-KEPT_LENGTH)
  })
  return () => oneLine(output.trim().split('\n').at(-1) ?? '')
}

/** The first line of a text, without colors, and not too long. */
export function oneLine(text: string): string {
  const [first = ''] = stripVTControlCharacters(text).trim().split('\n')
  return redact(first.trim().slice(0, 200))
}

/**
 * The environment without proxies and without Pact's own variables: Pact only calls this process, and a
 * variable could make it fetch other pacts or leave interactions out. The variable that locates its
 * native library stays.
 */
function withoutPactSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(environment).filter(
    ([name]) => !/^PACT_(?!PREBUILD)|_proxy$/i.test(name),
  )
  return Object.fromEntries(others)
}
