import type { Judged } from './consumer/run-contract.js'
import type { JUnitCase } from './junit.js'
import type { InteractionResult } from './provider/check-interactions.js'
import type { VerifyReport } from './provider/verify-provider.js'
import { type CountedRequest, failureOf } from './results.js'

/** One line of a report, for people. */
export interface Line {
  mark: 'kept' | 'broken' | 'skipped'
  text: string
  /** What belongs below it. */
  details: readonly string[]
}

const UNCOVERED = 'No promise covers this request.'

export function contractLines({ promises, unexpected, exitCode }: Judged): Line[] {
  return [
    ...promises.map(({ name, result, requests, nearMiss, mismatch }): Line => {
      if (result === 'kept')
        return { mark: 'kept', text: `${name} (${times(requests)})`, details: [] }
      if (result === 'neverExercised') {
        return {
          mark: 'broken',
          text: `${name}: never exercised`,
          details: ['No request came that is close to it.'],
        }
      }
      const details = [nearMiss, mismatch].filter((detail) => detail !== undefined)
      return { mark: 'broken', text: `${name} (${times(requests)})`, details }
    }),
    ...unexpected.slice(0, MOST_LISTED).map(
      (request): Line => ({
        mark: 'broken',
        text: titleOfRequest(request),
        details: [UNCOVERED, ...(request.nearMiss ? [request.nearMiss] : [])],
      }),
    ),
    ...unexpected.slice(MOST_LISTED, MOST_LISTED + 1).map(
      (): Line => ({
        mark: 'broken',
        text: `and ${unexpected.length - MOST_LISTED} other kinds of requests`,
        details: [UNCOVERED],
      }),
    ),
    ...(exitCode === 0
      ? []
      : [{ mark: 'broken', text: `the command ended with ${exitCode}`, details: [] } as const]),
  ]
}

export function contractCases({ promises, unexpected, exitCode }: Judged): JUnitCase[] {
  return [
    ...promises.map((result) =>
      result.result === 'kept'
        ? { name: result.name }
        : { name: result.name, failure: failureOf(result) },
    ),
    ...unexpected.slice(0, MOST_LISTED).map((request) => ({
      name: titleOfRequest(request),
      failure: UNCOVERED,
    })),
    ...(exitCode === 0 ? [] : [{ name: 'the command', failure: `It ended with ${exitCode}` }]),
  ]
}

export function verifyLines({
  interactions,
  skipped = [],
  unpublished = [],
  publishError,
}: VerifyReport): Line[] {
  return [
    ...interactions.map((interaction) => ({
      mark: MARKS[interaction.result],
      text: titleOf(interaction),
      details:
        interaction.faults ??
        (interaction.reason === undefined ? [] : [`Not checked: ${interaction.reason}`]),
    })),
    ...[...skipped, ...unpublished].map((text): Line => ({ mark: 'skipped', text, details: [] })),
    ...(publishError
      ? [{ mark: 'broken', text: PUBLISHING, details: [publishError] } as const]
      : []),
  ]
}

export function verifyCases({ interactions, publishError }: VerifyReport): JUnitCase[] {
  return [
    ...interactions.map((interaction) => ({
      name: titleOf(interaction),
      ...(interaction.result === 'broken' && { failure: interaction.faults?.join('; ') ?? '' }),
      ...(interaction.result === 'notChecked' && { skipped: interaction.reason ?? '' }),
    })),
    ...(publishError ? [{ name: PUBLISHING, failure: publishError }] : []),
  ]
}

const PUBLISHING = 'publishing the results'

const MARKS = { kept: 'kept', broken: 'broken', notChecked: 'skipped' } as const

function titleOf({ consumer, description, promise }: InteractionResult): string {
  return promise ? `${promise}: ${description}` : `${consumer}: ${description}`
}

/** More kinds of requests that no promise covers would tell nobody more. */
const MOST_LISTED = 100

function titleOfRequest({ method, path, requests }: CountedRequest): string {
  const title = `${method} ${path}`.trim()
  return requests === 1 ? title : `${title} (${times(requests)})`
}

function times(count: number): string {
  return count === 1 ? '1 request' : `${count} requests`
}
