import { parse } from 'yaml'
import type { Block } from './blocks.js'

/** The commands of a configuration, and what differs when a shell runs them. */
export interface Steps {
  lines: string
  note: string
}

/** The commands that a CI service or a container runs, from its configuration. */
export function stepsOf({ file = '', text }: Block): Steps {
  const parsed = parse(text)
  const lines = file === 'compose.yaml' ? composeLines(parsed) : jobLines(parsed)
  if (lines.length === 0) throw new Error(`${file} has no commands`)
  return { lines: lines.join('\n'), note: `a shell ran the commands of ${file}` }
}

interface Job {
  steps?: readonly { run?: string }[]
  script?: readonly string[]
}

/** GitHub Actions have jobs with steps, GitLab CI has jobs with scripts. */
function jobLines(parsed: Record<string, Job> & { jobs?: Record<string, Job> }): string[] {
  const jobs = Object.values<Job>(parsed.jobs ?? parsed)
  return jobs.flatMap(({ steps = [], script = [] }) => [
    ...steps.flatMap(({ run }) => run ?? []),
    ...script,
  ])
}

interface Compose {
  services: {
    zapsign: { build: { dockerfile_inline: string }; healthcheck: { test: readonly string[] } }
    tests: { command: string; environment: Record<string, string> }
  }
}

/** Installs the mock as the image does, starts it, and runs the tests when it is healthy. */
function composeLines({ services: { zapsign, tests } }: Compose): string[] {
  const dockerfile = zapsign.build.dockerfile_inline
  const [, install = ''] = /^RUN (.+)$/m.exec(dockerfile) ?? []
  const [, entrypoint = '[]'] = /^ENTRYPOINT (.+)$/m.exec(dockerfile) ?? []
  const here = (text: string) => text.replace('zapsign:9277', '127.0.0.1:$PORT')
  return [
    'export npm_config_prefix="$PWD/image" PATH="$PWD/image/bin:$PATH"',
    install,
    `ZAPSIGN_MOCK_PORT=$PORT ${JSON.parse(entrypoint).join(' ')} &`,
    `${zapsign.healthcheck.test.slice(1).join(' ')} http://127.0.0.1:$PORT`,
    ...Object.entries(tests.environment).map(([name, value]) => `export ${name}=${here(value)}`),
    tests.command,
  ]
}
