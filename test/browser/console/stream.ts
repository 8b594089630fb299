import assert from 'node:assert/strict'
import type { Check } from './check.js'
import { CREDENTIALS } from './mock.js'

/** How the page stays up to date, and what it does with what comes. */
export const STREAM: readonly Check[] = [
  [
    'a text of a request is never markup',
    async ({ start, open, errors }) => {
      const mock = await start()
      const page = await open(mock.console)
      page.on('dialog', () => errors.push('a dialog opened'))
      const markup = '<img src=x onerror=alert(1)>'
      await mock.signIn({ username: markup, password: 'wrong' })
      await mock.get(`/api/v1/docs/${encodeURIComponent(markup)}/`)
      await page.getByText(`unknown user · ${markup}`).waitFor()
      assert.equal(await page.locator('main img, main script').count(), 0)
      await page.locator('button.row').first().click()
      await page.getByText('Request as received').waitFor()
      assert.equal(await page.locator('main img, main script').count(), 0)
      assert.deepEqual(errors, [])
    },
  ],
  [
    'a paused list keeps its rows, counts the new ones and shows them later',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(mock.console)
      await mock.signIn()
      await page.locator('button.row').waitFor()
      await page.getByRole('button', { name: 'Pause' }).click()
      await mock.signIn()
      await mock.signIn()
      const resume = page.getByRole('button', { name: 'Resume (2 new)' })
      await resume.waitFor()
      assert.equal(await page.locator('button.row').count(), 1)
      await resume.click()
      await page.waitForFunction("document.querySelectorAll('button.row').length === 3")
    },
  ],
  [
    'after 10,000 requests the page has the newest 500 and still answers',
    async ({ start, open, errors }) => {
      const mock = await start()
      const page = await open(mock.console)
      await page.getByText('No requests yet').waitFor()
      const worker = async () => {
        for (let count = 0; count < 500; count += 1) {
          await (await mock.get('/api/v1/unknown/')).arrayBuffer()
        }
      }
      await Promise.all(Array.from({ length: 20 }, worker))
      await mock.signIn({ ...CREDENTIALS, username: 'last@example.com' })
      await page.getByText('unknown user · last@example.com').waitFor({ timeout: 60_000 })
      assert.equal(await page.locator('button.row').count(), 500)
      await page.getByRole('button', { name: 'Clear journal' }).click()
      await page.getByText('No requests yet').waitFor()
      assert.deepEqual(errors, [])
    },
  ],
  [
    'the page survives a restart of the mock',
    async ({ start, open }) => {
      const first = await start()
      const page = await open(first.console)
      await first.signIn()
      await first.signIn()
      await page.locator('button.row').nth(1).waitFor()
      await first.stop()
      await page.getByText(/No connection to the mock since [\d:]{8} UTC/).waitFor()
      const second = await start([], first.port)
      await page.getByText('No connection to the mock since').waitFor({ state: 'detached' })
      // The ids of the second mock begin with 1 again.
      await second.signIn({ ...CREDENTIALS, username: 'later@example.com' })
      await page.getByText('unknown user · later@example.com').waitFor()
      assert.equal(await page.locator('button.row').count(), 3)
    },
  ],
  [
    'the page asks for the control token, and keeps it in memory only',
    async ({ start, open }) => {
      const mock = await start(['--control-token', 'a-control-token'])
      const page = await open(mock.console)
      await page.getByLabel('Control token').fill('a-wrong-token')
      await page.getByRole('button', { name: 'Open the console' }).click()
      await page.getByText('The control token is wrong').waitFor()
      await page.getByLabel('Control token').fill('a-control-token')
      await page.getByRole('button', { name: 'Open the console' }).click()
      await page.getByText('No requests yet').waitFor()
      await mock.signIn()
      await page.locator('button.row').waitFor()
      const kept = await page.evaluate(
        'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href])',
      )
      assert.equal(kept, JSON.stringify([{}, {}, '', mock.console]))
    },
  ],
  [
    'the page loads nothing from elsewhere, and is not journaled',
    async ({ start, open, errors }) => {
      const mock = await start()
      const page = await open('about:blank')
      const urls: string[] = []
      page.on('request', (request) => urls.push(request.url()))
      await page.goto(mock.console)
      await page.getByText('No requests yet').waitFor()
      assert.deepEqual(
        urls.filter((url) => !url.startsWith(mock.console)),
        [],
      )
      assert.ok(urls.length > 10)
      assert.deepEqual(errors, [])
      const { requests } = await (await mock.get('/__zapsign/requests')).json()
      assert.deepEqual(requests, [])
    },
  ],
  [
    'the address without the final slash leads to the page',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(`${mock.url}/__zapsign`)
      await page.getByText('No requests yet').waitFor()
    },
  ],
]
