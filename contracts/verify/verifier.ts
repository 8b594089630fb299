import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findPact } from '../engine.js'
import { PROVIDER } from '../pact-file.js'
import type { Interaction } from './pacts.js'

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
 * Has Pact verify interactions one after the other, in their order. Rejects when Pact could not be
 * run, with the end of what it printed.
 */
export async function verifyWithPact(
  interactions: readonly Interaction[],
  urls: VerifierUrls,
): Promise<Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-verify-'))
  try {
    const pactUrls = interactions.map((interaction, index) => {
      const file = join(folder, `${String(index).padStart(4, '0')}.json`)
      writeFileSync(file, JSON.stringify(singlePact(interaction, index)))
      return file
    })
    const { proxyUrl: providerBaseUrl, statesUrl } = urls
    const options = { provider: PROVIDER, providerBaseUrl, pactUrls, logLevel: 'error' }
    const results = await runChild({ pact: findPact(), options, statesUrl })
    return interactions.map((_, index) => verdictOn(titleOf(index), results))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const titleOf = (index: number) => `interaction ${index}.`

/** A pact of one interaction, by a title that no other has. */
function singlePact({ content, specification }: Interaction, index: number): object {
  const request = content['request'] as Record<string, unknown>
  const headers = { ...(request['headers'] as object), [INTERACTION_HEADER]: String(index) }
  return {
    consumer: { name: 'verified' },
    provider: { name: PROVIDER },
    interactions: [{ ...content, description: titleOf(index), request: { ...request, headers } }],
    metadata: { pactSpecification: { version: specification } },
  }
}

interface Results {
  interactionResults: { description: string; result: string }[]
  errors: {
    interaction: string
    mismatch: { type: string; message?: string; mismatches?: { mismatch: string; path?: string }[] }
  }[]
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
  return mismatches.length > 0 ? mismatches : ['Pact could not verify it']
}

interface ChildTask {
  pact: string
  options: object
  statesUrl: string
}

/** How much of what Pact printed is shown when it could not be run. */
const SHOWN_LENGTH = 2000

function runChild(task: ChildTask): Promise<Results> {
  const child = fork(fileURLToPath(new URL('./verifier-child.cjs', import.meta.url)), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    env: { ...process.env, PACT_DO_NOT_TRACK: 'true' },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      printed = `${printed}${chunk}`.slice(-SHOWN_LENGTH)
    })
  }
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`Pact's verifier could not be run:\n${printed}`))
    child.once('message', ({ results }: { results: string }) => {
      try {
        resolve(JSON.parse(results))
      } catch {
        reject(new Error(`Pact's verifier could not be run: ${results}`))
      }
    })
    child.once('error', fail)
    child.once('exit', fail)
    child.send(task)
  })
}
