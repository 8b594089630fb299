/**
 * `npm version` runs this between changing package.json and committing: it writes the new version wherever
 * else it stands.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { globSync } from 'tinyglobby'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
const changes: Readonly<Record<string, [RegExp, string]>> = {
  'src/version.ts': [/VERSION = '.*'/, `VERSION = '${version}'`],
  ...Object.fromEntries(
    globSync('examples/*/package.json', { ignore: '**/node_modules/**' }).map((file) => [
      file,
      [/"zapsign-mock": "\^.*"/, `"zapsign-mock": "^${version}"`],
    ]),
  ),
}
for (const [file, [old, text]] of Object.entries(changes))
  writeFileSync(file, readFileSync(file, 'utf8').replace(old, text))
execFileSync('git', ['add', ...Object.keys(changes)])
