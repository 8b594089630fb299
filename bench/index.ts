/**
 * `npm run bench -- [--short] [NAME…]` measures what the project promises, each against a baseline in the same
 * run. It prints a table and, at the end, one line of JSON. It is not a test: nothing fails.
 */
import { readdirSync } from 'node:fs'
import { isShort } from './support.js'

/** A quick look does not install other tools, unless they are asked for by name. */
const LONG = ['behavior', 'rivals']

const known = readdirSync('bench')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => !['index', 'support'].includes(name))
const asked = process.argv.slice(2).filter((argument) => argument !== '--short')
const unknown = asked.find((name) => !known.includes(name))
if (unknown) {
  console.error(`There is no benchmark "${unknown}": there are ${known.join(', ')}`)
  process.exit(2)
}

console.log(`Node ${process.version} on ${process.platform} ${process.arch}\n`)
const results: Record<string, unknown> = {}
const usual = isShort ? known.filter((name) => !LONG.includes(name)) : known
for (const name of asked.length > 0 ? asked : usual) {
  const { measure } = await import(`./${name}.ts`)
  results[name] = await measure()
  console.log()
}
console.log(JSON.stringify({ node: process.version, ...results }))
