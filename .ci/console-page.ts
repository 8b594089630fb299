/**
 * Writes the console page to `dist/server/page`: each file of `server/console/page`, without comments
 * and white space, and the files of the library that it imports. Nothing is bundled.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { transform } from 'esbuild'
import { LIBRARY } from '../server/console/files.js'

const PAGE = 'server/console/page'

/** Types and the configuration of the compiler are not served. */
const SERVED = /(?<!\.d)\.(html|css|js|svg)$/

export async function writeConsolePage(): Promise<void> {
  const own = readdirSync(PAGE, { recursive: true, encoding: 'utf8' })
  for (const name of own.filter((one) => SERVED.test(one))) await write(PAGE, name)
  for (const name of LIBRARY) await write('node_modules', name)
}

async function write(folder: string, name: string): Promise<void> {
  const text = readFileSync(join(folder, name), 'utf8')
  const to = join('dist/server/page', name)
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, await smaller(text, extname(name)))
}

async function smaller(text: string, type: string): Promise<string> {
  if (type !== '.js' && type !== '.css') return text
  const loader = type === '.js' ? 'js' : 'css'
  const options = { loader, minify: true, target: 'es2022', legalComments: 'none' } as const
  return (await transform(text, options)).code
}
