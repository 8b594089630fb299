// A browser test that moves the mock's clock: a page asks to sign in again when the session has expired.
//
//   npm install --save-dev zapsign-mock playwright-core
//   CHROMIUM=/usr/bin/chromium npx zapsign-mock run -- node session.mjs
//
// With Playwright's own runner, `connect()` is called in the test in the same way.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { chromium } from 'playwright-core'
import { connect } from 'zapsign-mock/server'

const {
  ZAPSIGN_API_URL: api,
  ZAPSIGN_ORGANIZATION_ID: organization,
  ZAPSIGN_USERNAME: username,
  ZAPSIGN_PASSWORD: password,
  ZAPSIGN_CONTROL_URL: controlUrl,
  CHROMIUM: executablePath,
} = process.env

/** The application under test: its server has an access token, and its page shows what it is good for. */
async function startApplication() {
  const login = await fetch(`${api}/auth/token/${organization}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  const { access } = await login.json()
  const server = createServer(async (_, response) => {
    const headers = { authorization: `Bearer ${access}` }
    const { status } = await fetch(`${api}/docs/`, { headers })
    response.setHeader('content-type', 'text/html')
    response.end(`<h1>${status === 200 ? 'Your documents' : 'Sign in again'}</h1>`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return server
}

const zapsign = await connect(controlUrl)
await zapsign.reset()
const application = await startApplication()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${application.address().port}/`)
  assert.equal(await page.textContent('h1'), 'Your documents')
  await zapsign.time.advance('61m')
  await page.reload()
  assert.equal(await page.textContent('h1'), 'Sign in again')
  assert.equal(await zapsign.journal.count({ status: 401 }), 1)
  console.log('ok the page asks to sign in again when the session has expired')
} finally {
  await browser.close()
  application.close()
}
