import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: Vitest asks for it
export default defineConfig({
  test: {
    testTimeout: 60_000,
    // Half of the time goes by in processes that tests have started.
    maxWorkers: '100%',
    silent: 'passed-only',
    hookTimeout: 60_000,
    include: ['test/**/*.test.ts'],
    exclude: ['test/provider/**', 'test/compat/**', 'test/browser/**'],
    globalSetup: ['test/build.ts'],
  },
})
