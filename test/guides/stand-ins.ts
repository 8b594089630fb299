import { resolve } from 'node:path'
import type { Needs } from '../needs.js'

/** A command of a guide that runs differently here, because it downloads from somewhere else than npm. */
interface StandIn {
  command: RegExp
  here: string
  note: string
}

const STAND_INS: readonly StandIn[] = [
  {
    command: /^npx playwright install chromium$/m,
    here: `node ${resolve('test/guides/stand-ins/playwright-browsers.mjs')} "$(command -v chromium)"`,
    note: "with Debian's Chromium, not the one that Playwright downloads",
  },
  {
    command: /^composer require .*$/m,
    here: '',
    note: "with Debian's PHPUnit, not the newest one",
  },
  { command: /vendor\/bin\/phpunit/, here: 'phpunit', note: '' },
  {
    command: /mvn test/,
    here: `sh ${resolve('test/guides/stand-ins/junit.sh')}`,
    note: "with javac and Debian's JUnit, not with Maven",
  },
]

/** The console launcher of Debian's package junit5, with all that it needs. */
const JUNIT = '/usr/share/java/junit-platform-console-standalone.jar'

const CHROMIUM: Needs = { chromium: ['chromium'] }

/** What a guide needs besides Node. */
const NEEDS: Readonly<Record<string, Needs>> = {
  playwright: CHROMIUM,
  'playwright-page': CHROMIUM,
  vite: CHROMIUM,
  php: { php: ['php-cli', 'php-curl'], phpunit: ['phpunit'] },
  java: { javac: ['default-jdk-headless'], [JUNIT]: ['junit5'] },
  go: { go: ['golang-go'] },
  python: { python3: ['python3'], pytest: ['python3-pytest'] },
}

export const needsOf = (name: string): Needs => NEEDS[name] ?? {}

/** The commands of a guide as they run here: with the packed package, and with stand-ins. */
export function adapt(lines: string, tarball: string): { lines: string; notes: string[] } {
  const notes: string[] = []
  let adapted = lines.replace(/^(npm (?:install|i)\b.*?) zapsign-mock\b/gm, `$1 ${tarball}`)
  for (const { command, here, note } of STAND_INS) {
    const before = adapted
    adapted = adapted.replace(command, here)
    if (adapted !== before && note) notes.push(note)
  }
  return { lines: adapted, notes }
}
