import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

/** A Chromium of the system. Without one, Playwright takes its own: npx playwright install chromium. */
const installed = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))
const executablePath = process.env['CHROMIUM'] ?? installed

// biome-ignore lint/style/noDefaultExport: Playwright reads the default export
export default defineConfig({
  testDir: 'test',
  // All tests share one mock, and each resets it.
  workers: 1,
  reporter: 'list',
  use: {
    launchOptions: {
      ...(executablePath && { executablePath }),
      // In a container, Chromium runs as root.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
})
