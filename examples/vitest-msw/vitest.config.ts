import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: Vitest reads the default export
export default defineConfig({
  test: {
    setupFiles: 'test/zapsign.ts',
    env: {
      ZAPSIGN_ORGANIZATION_ID: '11111',
      ZAPSIGN_USERNAME: 'dev@example.com.br',
      ZAPSIGN_PASSWORD: 'StrongPassword123',
    },
  },
})
