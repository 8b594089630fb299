import { join, resolve } from 'node:path'
import { compare } from './load/compare.js'
import { nodes, versionOf } from './load/node.js'
import { program, type Subject } from './load/subject.js'
import { printTable } from './load/table.js'
import { missingTool } from './load/wrk.js'
import { install, isShort, pack } from './support.js'

const SECONDS = isShort ? 2 : 8
const ROUNDS = isShort ? 1 : 5

/** Targets, as ratios to the limit: rate 0.90 (Node 24) and 0.75 (Node 20), p99 1.5, memory 1.3, start 1.5. */
export async function measure() {
  const missing = missingTool()
  if (missing) return void console.log(`throughput: NOT RUN, because ${missing} is not installed`)
  const packed = install(pack())
  const results: Record<string, unknown> = {}
  for (const node of isShort ? [process.execPath] : nodes()) {
    const version = versionOf(node)
    const medians = await compare(ownSubjects(node, packed), { rounds: ROUNDS, seconds: SECONDS })
    printTable(`Node ${version}, ${ROUNDS} rounds of ${SECONDS} s, medians`, medians)
    results[version] = medians
  }
  return results
}

/** The baseline, the packed command, and a mock as one writes it first. */
export function ownSubjects(node: string, packed: string): Record<string, Subject> {
  return {
    limit: program(node, resolve('bench/servers/limit.mjs')),
    'zapsign-mock': program(node, join(packed, 'node_modules/zapsign-mock/dist/server/bin.js')),
    'express + jose': program(node, resolve('bench/servers/express-jose.mjs')),
  }
}
