import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { PactFileError, PactRunError } from '../errors.js'
import { findPact } from '../pact/load-pact.js'
import { PROVIDER } from '../pact/pact.js'
import type { Interaction } from '../pact/read-pact.js'
import { redact } from '../redact.js'
import { titleOf, writeSinglePact } from './single-pact.js'

export interface VerifierUrls {
  /** The proxy between the verifier and the provider. */
  proxyUrl: string
  /** Where provider states are set up. */
  statesUrl: string
}

/** What Pact found wrong with an interaction. */
interface Mismatches {
  /** About the status of the reply. */
  status: readonly string[]
  others: readonly string[]
}

/** Pact's verdict on one interaction: `undefined` for one that it found kept. */
export type Verdict = Mismatches | undefined

/**
 * Milliseconds that Pact waits for the proxy. What the proxy asks has limits of its own; together, the
 * requests that set up a state may take minutes.
 */
const PACT_TIMEOUT = 600_000

/**
 * Has Pact verify interactions one after the other, in their order. Rejects with a
 * {@link PactRunError} when Pact could not be run, with a {@link PactFileError} when it could not read
 * an interaction.
 */
export async function verifyWithPact(
  interactions: readonly Interaction[],
  urls: VerifierUrls,
): Promise<Verdict[]> {
  const pact = findPact()
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-verify-'))
  try {
    const options = {
      provider: PROVIDER,
      providerBaseUrl: urls.proxyUrl,
      providerStatesSetupUrl: urls.statesUrl,
      pactUrls: interactions.map((one, index) => writeSinglePact(folder, one, index)),
      providerStatesSetupTeardown: true,
      timeout: PACT_TIMEOUT,
      logLevel: 'error',
    }
    const results = await runChild({ pact, options }, folder)
    refuseUnread(interactions, results)
    return interactions.map((_, index) => verdictOn(titleOf(index), results))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Results {
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

const UNREAD = /^Failed to load pact '.*?(\d+)\.json' - (.*?)( It will be ignored\..*)?$/s

/** Throws a {@link PactFileError} for an interaction that Pact cannot read. */
function refuseUnread(interactions: readonly Interaction[], { errors }: Results): void {
  for (const { mismatch } of errors) {
    const [, index, fault = ''] = UNREAD.exec(mismatch.message ?? '') ?? []
    const interaction = interactions[Number(index)]
    if (!interaction) continue
    const { source, description } = interaction
    throw new PactFileError(`${source}: Pact cannot read "${description}": ${oneLine(fault)}`)
  }
}

function verdictOn(title: string, { interactionResults, errors }: Results): Verdict {
  const result = interactionResults.find(({ description }) => description === title)
  if (result?.result === 'OK') return undefined
  const status: string[] = []
  const others: string[] = []
  for (const { mismatch } of errors.filter(({ interaction }) => interaction.includes(title))) {
    if (!mismatch.mismatches) others.push(mismatch.message ?? mismatch.type)
    for (const { type, path, mismatch: text } of mismatch.mismatches ?? [])
      (type === 'StatusMismatch' ? status : others).push([path, text].filter(Boolean).join(': '))
  }
  if (status.length + others.length === 0) others.push('Pact could not verify it')
  // Pact finds them in no particular order.
  return { status, others: others.sort() }
}

interface ChildTask {
  /** The main file of Pact. */
  pact: string
  options: object
}

function runChild(task: ChildTask, folder: string): Promise<Results> {
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
function oneLine(text: string): string {
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
