/**
 * Runs before `npm pack` and `npm publish`. Builds what is stale, then leaves in package.json only what
 * users of the package need: npm 11 warns about a `prepare` script at each install. `postpack` restores
 * the file; it is moved, not copied, so that it keeps its time and the build stays up to date.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import './prepare.js'

const { scripts, devDependencies, ...published } = JSON.parse(readFileSync('package.json', 'utf8'))
// Without scripts, package.json is the reduced one of another `npm pack` that runs now.
if (scripts) {
  mkdirSync('.cache', { recursive: true })
  renameSync('package.json', '.cache/package.json')
  writeFileSync('package.json', `${JSON.stringify(published, null, 2)}\n`)
}
