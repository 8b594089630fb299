import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { PactFileError, PactRunError } from '../errors.js'
import { isObject } from '../is-object.js'
import { findPact } from '../pact/load-pact.js'
import { PROVIDER } from '../pact/pact.js'
import type { Interaction } from '../pact/read-pact.js'
import { redact } from '../redact.js'

/** Tells the proxy which interaction a request belongs to; it goes no further. */
export const INTERACTION_HEADER = 'x-zapsign-mock-interaction'

export interface VerifierUrls {
  /** Stands between the verifier and the provider. */
  proxyUrl: string
  /** Is asked to bring provider states about. */
  statesUrl: string
}

/** Pact's own verdict on one interaction: nothing for one that it found kept. */
export type Verdict = readonly string[] | undefined

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
      logLevel: 'error',
    }
    const results = await runChild({ pact, options }, folder)
    refuseUnread(interactions, results)
    return interactions.map((_, index) => verdictOn(titleOf(index), results))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const titleOf = (index: number) => `interaction ${index}.`

function writeSinglePact(folder: string, interaction: Interaction, index: number): string {
  const file = join(folder, `${index}.json`)
  writeFileSync(file, JSON.stringify(singlePact(interaction, index)))
  return file
}

/** A pact of one interaction, by a title that no other has. */
function singlePact({ content, states, metadata }: Interaction, index: number): object {
  // Of what is pending, Pact would not say what is wrong.
  const { provider_state, providerState, providerStates, pending, ...rest } = content
  const request = rest['request'] as Record<string, unknown>
  const headers = { ...(request['headers'] as object), [INTERACTION_HEADER]: String(index) }
  return {
    consumer: { name: 'verified' },
    provider: { name: PROVIDER },
    interactions: [
      {
        ...rest,
        description: titleOf(index),
        // Pact reads them in every specification; other spellings only in some.
        providerStates: states.map(({ name, parameters }) => ({ name, params: parameters })),
        request: { ...request, headers },
      },
    ],
    ...(isObject(metadata) && { metadata: withoutPlugins(metadata) }),
  }
}

/** Plugins are for other things than HTTP with JSON; Pact would go down over one that it does not find. */
function withoutPlugins({ plugins, ...metadata }: Record<string, unknown>): object {
  return metadata
}

interface Results {
  interactionResults: { description: string; result: string }[]
  errors: {
    interaction: string
    mismatch: { type: string; message?: string; mismatches?: { mismatch: string; path?: string }[] }
  }[]
}

const UNREAD = /^Failed to load pact '.*?(\d+)\.json' - (.*?)( It will be ignored\..*)?$/s

/** Throws a {@link PactFileError} for an interaction that Pact makes no sense of. */
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
  const found = errors.filter(({ interaction }) => interaction.includes(title))
  const mismatches = found.flatMap(({ mismatch }) =>
    mismatch.mismatches
      ? mismatch.mismatches.map((one) => [one.path, one.mismatch].filter(Boolean).join(': '))
      : [mismatch.message ?? mismatch.type],
  )
  // Pact finds them in no particular order.
  return mismatches.length > 0 ? mismatches.sort() : ['Pact could not verify it']
}

interface ChildTask {
  /** Where Pact is. */
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
      env: { ...forPact(process.env), PACT_DO_NOT_TRACK: 'true' },
    },
  )
  const lastWords = listenTo(child)
  return new Promise((resolve, reject) => {
    child.once('message', ({ results }: { results: string }) => {
      try {
        resolve(JSON.parse(results))
      } catch {
        reject(new PactRunError(oneLine(results)))
      }
    })
    child.once('error', ({ message }) => reject(new PactRunError(message)))
    child.once('close', (code, signal) =>
      reject(
        new PactRunError(
          [signal ? `it was ended by ${signal}` : `it ended with ${code}`, lastWords()]
            .filter(Boolean)
            .join(': '),
        ),
      ),
    )
    // How it ended is told above, whether or not it could be told what to do.
    child.send(task, () => {})
  })
}

/** How much is kept of what Pact printed. */
const KEPT_LENGTH = 2000

/** The last line that a child said on stderr. What it prints elsewhere may hold tokens. */
function listenTo({ stdout, stderr }: ChildProcess): () => string {
  let said = ''
  stdout?.resume()
  stderr?.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-KEPT_LENGTH)
  })
  return () => oneLine(said.trim().split('\n').at(-1) ?? '')
}

/** The first line of a text, without colours, and not too long. */
function oneLine(text: string): string {
  const [first = ''] = stripVTControlCharacters(text).trim().split('\n')
  return redact(first.trim().slice(0, 200))
}

/**
 * All that Pact calls is in this process: a proxy would only be in between. What its own variables say
 * (a broker to take pacts from, interactions to leave out) nobody asked of this verification; where its
 * native library is, it may say.
 */
function forPact(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(environment).filter(
    ([name]) => !/^PACT_(?!PREBUILD)|_proxy$/i.test(name),
  )
  return Object.fromEntries(others)
}
