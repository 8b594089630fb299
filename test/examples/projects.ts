import type { Needs } from '../needs.js'

/** An example, which is a folder in `examples/` with a package.json. */
export interface Example {
  name: string
  /** The commands and files that it needs besides Node, and the Debian packages that have them. */
  needs?: Needs
  /** Whether the gate (.ci/run) runs it. */
  isSample?: boolean
}

const JUNIT = '/usr/share/java/junit-platform-console-standalone.jar'

/** What `npm run test:examples` runs. */
export const EXAMPLES: readonly Example[] = [
  { name: 'vitest-msw', isSample: true },
  { name: 'typescript-client', isSample: true },
  { name: 'python', needs: { python3: ['python3'] }, isSample: true },
  { name: 'jest-cjs' },
  { name: 'webhook' },
  { name: 'go', needs: { go: ['golang-go'] } },
  { name: 'php', needs: { php: ['php-cli', 'php-curl'], phpunit: ['phpunit'] } },
  { name: 'playwright', needs: { '/usr/bin/chromium': ['chromium'] } },
  { name: 'java', needs: { javac: ['openjdk-17-jdk-headless'], [JUNIT]: ['junit5'] } },
]
