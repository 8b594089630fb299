import { parse } from 'yaml'
import type { Block } from './blocks.js'

interface Job {
  steps?: readonly { run?: string }[]
  before_script?: readonly string[]
  script?: readonly string[]
}

/** The commands that a CI service runs, from its configuration: GitHub Actions or GitLab CI. */
export function stepsOf({ file = '', text }: Block): string {
  const parsed = parse(text)
  const jobs: Job[] = file.startsWith('.github/')
    ? Object.values(parsed.jobs)
    : Object.values<Job>(parsed).filter((value) => value.script)
  const lines = jobs.flatMap(({ steps = [], before_script = [], script = [] }) => [
    ...steps.flatMap(({ run }) => run ?? []),
    ...before_script,
    ...script,
  ])
  if (lines.length === 0) throw new Error(`${file} has no commands`)
  return lines.join('\n')
}
