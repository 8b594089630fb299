import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: Vitest asks for it
export default defineConfig({
  test: {
    include: ['test/contributing/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
})
