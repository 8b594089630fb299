/** An example, which is a folder in `examples/` with a package.json. */
export interface Example {
  name: string
  /** The commands that it needs besides Node, and the Debian packages that have them. */
  needs?: Readonly<Record<string, string>>
  /** Whether the gate (.ci/run) runs it. */
  isSample?: boolean
}

/** What `npm run test:examples` runs. */
export const EXAMPLES: readonly Example[] = [
  { name: 'vitest-msw', isSample: true },
  { name: 'typescript-client', isSample: true },
  { name: 'python', needs: { python3: 'python3' }, isSample: true },
  { name: 'jest-cjs' },
  { name: 'go', needs: { go: 'golang-go' } },
  { name: 'php', needs: { php: 'php-cli', phpunit: 'phpunit' } },
]
