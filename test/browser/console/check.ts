import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { type Mock, startMock } from './mock.js'

/** What a check works with. Everything that it opens is closed after it. */
interface Bench {
  /** Starts a mock. */
  start(args?: readonly string[], port?: number): Promise<Mock>
  /** Opens a page of a browser that has no other pages. */
  open(url: string, options?: BrowserContextOptions): Promise<Page>
  /** The errors of all pages: exceptions, and what the Content-Security-Policy refused. */
  errors: string[]
}

/** A sentence about behavior, and the code that throws where it is not true. */
export type Check = readonly [title: string, run: (bench: Bench) => Promise<void>]

/** Runs checks one after the other. Resolves to the number that failed. */
export async function runChecks(
  checks: readonly Check[],
  { browser, bin }: { browser: Browser; bin: string },
): Promise<number> {
  let failed = 0
  for (const [title, run] of checks) {
    const { bench, close } = createBench(browser, bin)
    try {
      await run(bench)
      console.log(`  ✓ ${title}`)
    } catch (error) {
      failed += 1
      console.log(`  ✗ ${title}\n${String((error as Error).stack)}`)
    } finally {
      await close()
    }
  }
  return failed
}

function createBench(browser: Browser, bin: string) {
  const closers: (() => Promise<unknown>)[] = []
  const errors: string[] = []
  const bench: Bench = {
    errors,
    async start(args, port) {
      const mock = await startMock(bin, args, port)
      closers.unshift(mock.stop)
      return mock
    },
    async open(url, options = {}) {
      const context = await browser.newContext({ locale: 'en-US', ...options })
      closers.unshift(() => context.close())
      const page = await context.newPage()
      page.setDefaultTimeout(15_000)
      page.on('pageerror', ({ message }) => errors.push(message))
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) errors.push(message.text())
      })
      await page.goto(url)
      return page
    },
  }
  return { bench, close: () => closers.reduce(chain, Promise.resolve()) }
}

async function chain(before: Promise<unknown>, close: () => Promise<unknown>): Promise<void> {
  await before
  await close()
}
