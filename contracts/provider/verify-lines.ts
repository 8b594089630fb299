import type { JUnitCase } from '../junit.js'
import type { Line } from '../report.js'
import type { Durations, InteractionResult } from './check-interactions.js'
import type { VerifyReport } from './verify-provider.js'

/** The report as lines for people. */
export function verifyLines({
  interactions,
  unreadable = [],
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
    ...unreadable.map((text): Line => ({ mark: 'broken', text, details: [] })),
    ...skipped.map((text): Line => ({ mark: 'skipped', text, details: [] })),
    ...unpublished.map((text): Line => ({ mark: 'broken', text, details: [] })),
    ...(publishError
      ? [{ mark: 'broken', text: PUBLISHING, details: [publishError] } as const]
      : []),
  ]
}

/** The report as JUnit test cases. */
export function verifyCases(
  { interactions, unreadable = [], unpublished = [], publishError }: VerifyReport,
  durations: Durations,
): JUnitCase[] {
  const failure = [...unpublished, ...(publishError ? [publishError] : [])].join('; ')
  return [
    ...interactions.map((interaction) => ({
      name: titleOf(interaction),
      duration: durations.get(interaction) ?? 0,
      ...(interaction.result === 'broken' && { failure: interaction.faults?.join('; ') ?? '' }),
      ...(interaction.result === 'notChecked' && { skipped: interaction.reason ?? '' }),
    })),
    ...unreadable.map((text) => ({ name: 'reading a pact', failure: text })),
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

function titleOf(interaction: InteractionResult): string {
  const { consumer, description, promise, states, source } = interaction
  const given = states && (states.length > 0 ? `given ${states.join(' and ')}` : 'without a state')
  const more = [given, source].filter((part) => part !== undefined)
  const title = `${promise ?? consumer}: ${description}`
  return more.length > 0 ? `${title} (${more.join(', ')})` : title
}
