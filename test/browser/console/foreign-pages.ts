import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Check } from './check.js'
import { CREDENTIALS, type Mock } from './mock.js'

/** A name that the browser of these tests takes for this machine, as after DNS rebinding. */
export const REBOUND_HOST = 'rebound.example'

/** Serves a page of another origin, and calls `use` with its URL. */
async function withForeignPage(
  html: string,
  host: string,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(html)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  try {
    await use(`http://${host}:${(server.address() as AddressInfo).port}/`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

async function assertUnchanged(mock: Mock): Promise<void> {
  const state = await (await mock.get('/__zapsign/state')).json()
  assert.deepEqual(state.outcomes, [])
  assert.equal(state.users.length, 1)
  assert.equal(Math.abs(Date.parse(state.time.now) - Date.now()) < 60_000, true)
}

/** A form whose body is JSON except for the field name: the oldest way to send JSON to another origin. */
const formPage = (mock: Mock) => `<!doctype html>
  <form method="post" enctype="text/plain" action="${mock.url}/__zapsign/time/advance">
    <input name='{"by":"1d","ignored":"' value='"}'>
  </form>
  <script>document.forms[0].submit()</script>`

/** Other hosts of this machine are other sites to a browser, other ports only other origins. */
export const FOREIGN_PAGES: readonly Check[] = [
  ...['127.0.0.1', 'localhost', REBOUND_HOST].map(
    (host): Check => [
      `a page of another origin on ${host} can neither read nor change anything with fetch`,
      async ({ start, open }) => {
        const mock = await start()
        await mock.signIn()
        await withForeignPage('<!doctype html>', host, async (url) => {
          const page = await open(url)
          const attempt = (path: string, init: object) =>
            page.evaluate(
              `fetch(${JSON.stringify(mock.console + path)}, ${JSON.stringify(init)}).then((response) => response.text(), (error) => error.name)`,
            )
          const json = { 'content-type': 'application/json' }
          const body = JSON.stringify({ by: '1d' })
          assert.equal(await attempt('state', {}), 'TypeError')
          assert.equal(await attempt('events', {}), 'TypeError')
          const opaque = await attempt('state', { mode: 'no-cors' })
          // A browser either blocks the reply or hides it.
          assert.ok(opaque === 'TypeError' || opaque === '')
          assert.equal(
            await attempt('time/advance', { method: 'POST', headers: json, body }),
            'TypeError',
          )
          await attempt('time/advance', { method: 'POST', mode: 'no-cors', body })
          await attempt('reset', { method: 'POST', mode: 'no-cors' })
          const { requests } = await (await mock.get('/__zapsign/requests')).json()
          assert.equal(requests.length, 1)
        })
        await assertUnchanged(mock)
      },
    ],
  ),
  [
    'a form of another site changes nothing',
    async ({ start, open }) => {
      const mock = await start()
      await withForeignPage(formPage(mock), 'localhost', async (url) => {
        const page = await open(url)
        await page.waitForURL(`${mock.console}time/advance`)
        assert.match((await page.textContent('body')) ?? '', /403/)
      })
      await assertUnchanged(mock)
    },
  ],
  [
    'another site cannot show the console in a frame, nor load its files, but may link to it',
    async ({ start, open }) => {
      const mock = await start()
      const html = `<!doctype html><iframe src="${mock.console}"></iframe>
        <script src="${mock.console}page/time.js" type="module"></script>
        <a href="${mock.console}">console</a>`
      await withForeignPage(html, 'localhost', async (url) => {
        const page = await open(url)
        const frame = page.frames().find((one) => one !== page.mainFrame())
        assert.equal((await frame?.content())?.includes('announcer'), false)
        const loaded = await page.evaluate(
          `import(${JSON.stringify(`${mock.console}page/time.js`)}).then(() => 'loaded', () => 'refused')`,
        )
        assert.equal(loaded, 'refused')
        await page.getByRole('link', { name: 'console' }).click()
        await page.getByText('No requests yet').waitFor()
      })
    },
  ],
  [
    'a host name that was rebound to this machine reaches neither the page nor the control API',
    async ({ start, open }) => {
      const mock = await start()
      await mock.signIn(CREDENTIALS)
      const rebound = `http://${REBOUND_HOST}:${mock.port}`
      // The provider itself answers under any name, as ZapSign's hosts reach it through a proxy.
      const page = await open(`${rebound}/api/v1/unknown/`)
      const read = (path: string) =>
        page.evaluate(
          `fetch(${JSON.stringify(path)}).then(async (response) => [response.status, await response.text()])`,
        )
      for (const path of ['/__zapsign/', '/__zapsign/state', '/__zapsign/page/main.js']) {
        const [status, text] = (await read(path)) as [number, string]
        assert.equal(status, 403)
        assert.match(text, /The Host header must be/)
      }
      const status = await page.evaluate(
        "fetch('/__zapsign/time/advance', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{\"by\":\"1d\"}' }).then(({ status }) => status)",
      )
      assert.equal(status, 403)
      await assertUnchanged(mock)
    },
  ],
]
