/**
 * `npm run test:browser`: the console page, and a page that signs in against the handlers through msw's
 * service worker. Uses an installed Chromium where there is one, else one from an npm package.
 */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { packInto } from '../tarball.js'
import { runChecks } from './console/check.js'
import { REBOUND_HOST } from './console/foreign-pages.js'
import { CONSOLE_CHECKS } from './console/index.js'

/** The result of each step, by its name. */
type Results = Record<string, unknown>

const EXPECTED: Results = {
  // ZapSign sends no CORS headers, so a browser refuses to hand its replies to a page.
  'another origin, like ZapSign': 'TypeError',
  'another origin, with cors': 200,
  'an error there': 401,
  'an unknown path there': 404,
  'the control API there': 'TypeError',
  login: [200, 'documented'],
  'guarded handler': { user: 'dev@example.com.br', organization: { id: '11111' } },
  'protected page': 200,
  'wrong password': 401,
  'too many': { message: 'Rate limit exceeded' },
  expired: 401,
  refreshed: 200,
  'broken connection': 'TypeError',
  journal: 5,
}

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/**
 * The arguments of Chromium, besides those of Playwright: no sandbox, since CI runs as root, and no calls
 * to the network. Not those of @sparticuz/chromium: they contain --disable-web-security, with which a
 * page may read the reply of any other origin, and a test of CORS proves nothing.
 */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--host-resolver-rules=MAP ${REBOUND_HOST} 127.0.0.1`,
]

const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-browser-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const installed = process.env['CHROMIUM'] ?? INSTALLED.find((path) => existsSync(path))
install()
const server = await servePage()
const { startServer } = await load('zapsign-mock/server')
const plain = await startServer({ warnings: false })
const open = await startServer({ warnings: false, cors: true, control: true })
const { chromium } = await load('playwright-core')
const executablePath = await findChromium()
const browser = await chromium.launch({ executablePath, args: ARGUMENTS })
console.log(`Chromium ${browser.version()}${installed ? `, ${installed}` : ''}`)
try {
  const page = await browser.newPage()
  page.on('console', (message: { text(): string }) => console.log(`  page: ${message.text()}`))
  await page.goto(`${server.url}?plain=${plain.url}&cors=${open.url}`)
  const results = await page.evaluate('window.results')
  for (const [step, result] of Object.entries(results))
    console.log(`  ${step}: ${JSON.stringify(result)}`)
  assert.deepEqual(results, EXPECTED)
  console.log('The console page:')
  const bin = join(folder, 'node_modules/zapsign-mock/dist/server/bin.js')
  const failed = await runChecks(CONSOLE_CHECKS, { browser, bin })
  assert.equal(failed, 0, `${failed} checks of the console page failed`)
  console.log('ok')
} finally {
  await browser.close()
  server.close()
  await Promise.all([plain.close(), open.close()])
}

function install(): void {
  const tarball = packInto(folder)
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}')
  // The last Chromium package whose own code runs on Node 20.
  const packages = [
    'playwright-core',
    'msw@~2.15.0',
    ...(installed ? [] : ['@sparticuz/chromium@143']),
  ]
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps']
  execFileSync('npm', ['install', ...options, tarball, ...packages], {
    cwd: folder,
    stdio: 'ignore',
  })
}

/** A package that only the temporary folder has: its default export, where it has one. */
// biome-ignore lint/suspicious/noExplicitAny: the types of what is installed here are unknown
async function load(name: string): Promise<any> {
  const { createRequire } = await import('node:module')
  const file = createRequire(join(folder, 'package.json')).resolve(name)
  const entry = await import(pathToFileURL(file).href)
  return entry.default ?? entry
}

async function findChromium(): Promise<string> {
  if (installed) return installed
  const packaged = await load('@sparticuz/chromium')
  return packaged.executablePath()
}

async function servePage() {
  copyFileSync('test/browser/page.ts', join(folder, 'page.ts'))
  const { outputFiles } = await build({
    // In this folder, so that the packed package is found and not the sources.
    entryPoints: [join(folder, 'page.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
  })
  const files: Record<string, [type: string, content: string]> = {
    '/': ['text/html', '<!doctype html><script type="module" src="/page.js"></script>'],
    '/page.js': ['text/javascript', outputFiles[0]?.text ?? ''],
    '/mockServiceWorker.js': [
      'text/javascript',
      readFileSync(join(folder, 'node_modules/msw/lib/mockServiceWorker.js'), 'utf8'),
    ],
  }
  const listener = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    const [type, content] = files[path] ?? ['text/plain', '']
    response.setHeader('content-type', type)
    response.end(content)
  })
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`,
    close: () => listener.close(),
  }
}
