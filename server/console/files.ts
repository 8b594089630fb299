import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'

/** A file of the console page. */
export interface PageFile {
  headers: Readonly<Record<string, string>>
  text: string
}

/** The files of lit-html that the page imports. */
export const LIBRARY = [
  'lit-html/lit-html.js',
  'lit-html/directive.js',
  'lit-html/directive-helpers.js',
  'lit-html/directives/repeat.js',
]

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * Nothing inline, nothing from elsewhere, and markup only from lit-html's templates: a text of a request
 * that became markup by mistake would not run.
 */
const SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'trusted-types lit-html',
  "require-trusted-types-for 'script'",
].join('; ')

const SECURITY = { 'content-security-policy': SECURITY_POLICY, 'x-frame-options': 'DENY' }

/** Names without a dot but that of the ending: no name leads out of the folder. */
const NAME = /^[\w-]+(\/[\w-]+)*\.(html|css|js|svg)$/

/** The build copies the library into the page's folder. In the sources it is where npm installed it. */
const SOURCES = new URL('../../node_modules/', import.meta.url)

/**
 * Reads a file of the console page; `undefined` for a name that no file has.
 *
 * @param name Such as `index.html` or `cards/token.js`.
 */
export async function readPageFile(name: string): Promise<PageFile | undefined> {
  if (!NAME.test(name)) return undefined
  const text = await readFile(new URL(`./page/${name}`, import.meta.url), 'utf8').catch(() =>
    LIBRARY.includes(name) ? readFile(new URL(name, SOURCES), 'utf8') : undefined,
  )
  if (text === undefined) return undefined
  return { headers: { 'content-type': TYPES[extname(name)] ?? '', ...SECURITY }, text }
}
