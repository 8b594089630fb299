import { readFileSync } from 'node:fs'
import { globSync } from 'tinyglobby'
import { defineConfig } from 'vitest/config'

const OTHER_SUITES = [
  'test/provider/**',
  'test/compat/**',
  'test/browser/**',
  'test/contributing/**',
]

/** Tests of the packed package and of the published command. They need a build. */
const ABOUT_THE_PACKAGE = globSync('test/**/*.test.ts').filter((file) =>
  /\/(packed|published-command)\.js'|'dist\/|inject\('tarball'\)/.test(readFileSync(file, 'utf8')),
)

// biome-ignore lint/style/noDefaultExport: Vitest asks for it
export default defineConfig({
  test: {
    // Half of the time goes by in processes that the tests start.
    maxWorkers: '100%',
    silent: 'passed-only',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...OTHER_SUITES, ...ABOUT_THE_PACKAGE],
        },
      },
      {
        extends: true,
        test: { name: 'package', include: ABOUT_THE_PACKAGE, globalSetup: ['test/pack.ts'] },
      },
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
