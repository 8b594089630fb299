import type { JUnitCase } from '../junit.js'
import type { Line } from '../report.js'
import type { InteractionResult } from './check-interactions.js'
import type { VerifyReport } from './verify-provider.js'

/** The report as lines for people. */
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
      details: detailsOf(interaction),
    })),
    ...skipped.map((text): Line => ({ mark: 'skipped', text, details: [] })),
    ...unpublished.map((text): Line => ({ mark: 'broken', text, details: [] })),
    ...(publishError
      ? [{ mark: 'broken', text: PUBLISHING, details: [publishError] } as const]
      : []),
  ]
}

/** The report as JUnit test cases. */
export function verifyCases({
  interactions,
  unpublished = [],
  publishError,
}: VerifyReport): JUnitCase[] {
  const failure = [...unpublished, ...(publishError ? [publishError] : [])].join('; ')
  return [
    ...interactions.map((interaction) => ({
      name: titleOf(interaction),
      ...(interaction.result === 'broken' && { failure: interaction.faults?.join('; ') ?? '' }),
      ...(interaction.result === 'notChecked' && { skipped: interaction.reason ?? '' }),
    })),
    ...(failure ? [{ name: PUBLISHING, failure }] : []),
  ]
}

const PUBLISHING = 'publishing the results'

const MARKS = { kept: 'kept', broken: 'broken', notChecked: 'skipped' } as const

function detailsOf({ faults = [], reason, pending, warnings = [] }: InteractionResult): string[] {
  const prefix = pending ? 'Broken, but' : 'Not checked:'
  return [
    ...faults,
    ...(reason === undefined ? [] : [`${prefix} ${reason}`]),
    ...warnings.map((warning) => `Warning: ${warning}`),
  ]
}

function titleOf({ consumer, description, promise }: InteractionResult): string {
  return promise ? `${promise}: ${description}` : `${consumer}: ${description}`
}
