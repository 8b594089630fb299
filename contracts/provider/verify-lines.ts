import type { JUnitCase } from '../junit.js'
import type { Line } from '../report.js'
import type { InteractionResult } from './check-interactions.js'
import type { VerifyReport } from './verify-provider.js'

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
