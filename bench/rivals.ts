import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { installed, isCached } from './load/cache.js'
import { compare } from './load/compare.js'
import { node24, nodes, versionOf } from './load/node.js'
import type { Subject } from './load/subject.js'
import { printTable } from './load/table.js'
import { missingTool } from './load/wrk.js'
import { rivals } from './rivals/index.js'
import { subjectOf } from './rivals/rival.js'
import { countPackages, install, isShort, pack, sizeOf } from './support.js'
import { ownSubjects } from './throughput.js'

const SECONDS = isShort ? 2 : 5
const ROUNDS = isShort ? 1 : 3

/** Target: ahead of every rival in every column. */
export async function measure() {
  const missing = missingTool()
  if (missing) return void console.log(`rivals: NOT RUN, because ${missing} is not installed`)
  const packed = install(pack())
  const results: Record<string, unknown> = {}
  for (const node of isShort ? [node24()] : nodes()) {
    const version = versionOf(node)
    const rows = { ...ownSubjects(node, packed), ...runnable(node) }
    const medians = await compare(rows, { rounds: ROUNDS, seconds: SECONDS })
    printTable(`Node ${version}, ${ROUNDS} rounds of ${SECONDS} s, medians`, medians)
    results[version] = medians
  }
  console.log('What each rival does for a login:')
  for (const [name, rival] of Object.entries(rivals)) console.log(`  ${name}: ${rival.answer}`)
  const sizes = sizesOf([packed, ...packages().filter(isCached).map(installed)])
  console.log('What is installed:')
  for (const [name, size] of Object.entries(sizes)) console.log(`  ${name.padEnd(28)}${size}`)
  return { ...results, sizes }
}

/** The npm packages of the rivals, each once. */
function packages(): string[] {
  return [...new Set(Object.values(rivals).map((rival) => rival.package))]
}

/** By the dependency of each folder. */
function sizesOf(folders: readonly string[]): Record<string, string> {
  const rows = folders.map((folder) => {
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const size = (sizeOf(join(folder, 'node_modules')) / 1e6).toFixed(1)
    return [Object.keys(dependencies)[0] ?? '', `${countPackages(folder)} packages, ${size} MB`]
  })
  return Object.fromEntries(rows)
}

/** The rivals that run here, and a line for each that does not. */
function runnable(node: string): Record<string, Subject> {
  const able: Record<string, Subject> = {}
  for (const [name, rival] of Object.entries(rivals)) {
    const subject = subjectOf(rival, node)
    if (typeof subject === 'string') console.log(`${name}: NOT RUN, because ${subject}`)
    else able[name] = subject
  }
  return able
}
