import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { missingOf } from '../needs.js'
import { type Block, blocksOf } from './blocks.js'
import { runLines } from './shell.js'
import { adapt, needsOf } from './stand-ins.js'
import { type Steps, stepsOf } from './steps.js'
import { typeCheck } from './type-check.js'

/** One row of the table that is printed at the end. */
export interface Result {
  name: string
  result: 'passed' | 'FAILED' | 'NOT RUN'
  detail: string
}

/** What the guides are run with. */
export interface Machine {
  /** The packed package. */
  tarball: string
  /** Where the folders of the guides are created. */
  root: string
  env: NodeJS.ProcessEnv
}

export const nameOf = (page: string) => basename(page, '.md')

/** Follows a guide from an empty folder: writes its files and runs its commands, in their order. */
export async function followGuide(page: string, machine: Machine): Promise<Result> {
  const name = nameOf(page)
  const blocks = blocksOf(readFileSync(page, 'utf8'))
  const missing = missingOf(needsOf(name))
  if (missing.length > 0)
    return { name, result: 'NOT RUN', detail: `not installed here: ${missing.join(', ')}` }
  const folder = mkdtempSync(join(machine.root, `${name}-`))
  try {
    const notes = await follow(blocks, folder, machine)
    return { name, result: 'passed', detail: [...new Set(notes)].join('; ') }
  } catch (error) {
    if (!(error instanceof GuideError)) throw error
    console.error(error.message)
    return { name, result: 'FAILED', detail: error.message.split('\n')[0] ?? '' }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A block of a guide does not do what the guide says. */
class GuideError extends Error {}

/** Returns notes on what ran differently from the guide, or could not run. */
async function follow(
  blocks: readonly Block[],
  folder: string,
  machine: Machine,
): Promise<string[]> {
  const notes: string[] = []
  let printed = ''
  for (const block of blocks) {
    if (block.notRun) {
      notes.push(`not run: ${block.notRun}`)
      continue
    }
    if (block.file) write(join(folder, block.file), block.text)
    const steps = linesOf(block)
    if (steps) {
      const adapted = adapt(steps.lines, machine.tarball)
      notes.push(...[steps.note, ...adapted.notes].filter(Boolean))
      printed = await runBlock(block, adapted.lines, folder, machine.env)
    }
    if (block.words.includes('output')) checkOutput(block.text, printed)
  }
  const typeErrors = typeCheck(folder, blocks)
  if (typeErrors) throw new GuideError(`The types are wrong.\n${typeErrors}`)
  return notes
}

/** The commands of a block, where it has some. */
function linesOf(block: Block): Steps | undefined {
  if (block.words.includes('steps')) return stepsOf(block)
  return block.words.includes('run') ? { lines: block.text, note: '' } : undefined
}

async function runBlock(
  block: Block,
  lines: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const { code, printed } = await runLines(lines, folder, env)
  const mustFail = block.words.includes('fails')
  if ((code !== 0) === mustFail) return printed
  const title = `${(linesOf(block)?.lines ?? '').trim().split('\n').join(' && ')} ended with exit code ${code}`
  throw new GuideError(`${title}${mustFail ? ', but must fail' : ''}\n${printed}`)
}

/** Each line of the block must be part of a printed line. */
function checkOutput(expected: string, printed: string): void {
  for (const line of expected.split('\n')) {
    if (!printed.includes(line.trim()))
      throw new GuideError(
        `The guide says that this is printed: ${line}\nThis was printed:\n${printed}`,
      )
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
