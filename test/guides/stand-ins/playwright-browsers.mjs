// Puts an installed Chromium where Playwright expects the one that it downloads.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [chromium] = process.argv.slice(2)
const printed = execFileSync('npx', ['playwright', 'install', '--dry-run', 'chromium'], {
  encoding: 'utf8',
})
const NAMES = {
  chromium: 'chrome-linux64/chrome',
  chromium_headless_shell: 'chrome-headless-shell-linux64/chrome-headless-shell',
}
for (const [, folder] of printed.matchAll(/Install location: +(.+)/g)) {
  const name = NAMES[/([a-z_]+)-\d+$/.exec(folder)?.[1]]
  if (!name || existsSync(folder)) continue
  mkdirSync(join(folder, name, '..'), { recursive: true })
  symlinkSync(chromium, join(folder, name))
  writeFileSync(join(folder, 'INSTALLATION_COMPLETE'), '')
}
