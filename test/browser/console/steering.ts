import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import type { Page } from 'playwright-core'
import type { Check } from './check.js'
import { CREDENTIALS } from './mock.js'

const WRONG = { ...CREDENTIALS, password: 'wrong' }

const card = (page: Page, title: string) => page.getByRole('region', { name: title })

/** What people do on the page, and what it does to the mock. */
export const STEERING: readonly Check[] = [
  [
    'a sign-in while the page is open becomes a row',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(mock.console)
      await page.getByText('No requests yet').waitFor()
      await mock.signIn()
      const row = page.locator('button.row')
      await row.waitFor()
      assert.match(await row.innerText(), /200\s+POST \/api\/v1\/auth\/token\/11111\//)
      assert.match(await row.innerText(), /authenticated · documented/)
    },
  ],
  [
    'the reason of a refusal and the hint are there in full',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(mock.console)
      await mock.signIn(WRONG)
      await mock.post('/api/v1/auth/token/11111', CREDENTIALS)
      await page.getByText('wrong password · dev@example.com.br').waitFor()
      await page.getByText('The path lacks the final slash.').waitFor()
      await page.getByLabel('Filter requests').fill('wrong 401')
      await page.getByText('The path lacks the final slash.').waitFor({ state: 'detached' })
      assert.equal(await page.locator('button.row').count(), 1)
    },
  ],
  [
    'a request shows what came in without secrets, and the command line that repeats it',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(mock.console)
      await mock.signIn({ ...CREDENTIALS, password: "it's wrong" })
      await page.locator('button.row').click()
      const line = page.locator('.details code')
      await page.locator('pre').getByText('user-agent: node').waitFor()
      const text = await page.locator('.details').innerText()
      assert.equal(text.includes("it's wrong"), false)
      assert.match(text, /content-type: application\/json/)
      const environment = { ...process.env, ZAPSIGN_PASSWORD: CREDENTIALS.password }
      const command = `${await line.innerText()} -s`
      const reply = JSON.parse(
        execFileSync('sh', ['-c', command], { env: environment, encoding: 'utf8' }),
      )
      assert.deepEqual(Object.keys(reply), ['refresh', 'access'])
    },
  ],
  [
    'an hour later a token has expired',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(mock.console)
      const token = card(page, 'Token')
      await token.getByRole('button', { name: 'Issue a token' }).click()
      await token.getByText('expires in').waitFor()
      assert.match(await token.innerText(), /(1:00:00|59:5\d)/)
      await token.getByText('200 authorized').waitFor()
      await page.getByRole('button', { name: '+1 h', exact: true }).click()
      await token.getByText('expired for').waitFor()
      await token.getByText('401 tokenNotValid').waitFor()
      assert.match(await card(page, 'Clock of the mock').innerText(), /\+60 min/)
      await page.getByRole('button', { name: 'Now', exact: true }).click()
      await token.getByText('expires in').waitFor()
    },
  ],
  [
    'the clock can be set to a date',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(mock.console)
      await page.getByRole('button', { name: 'Set…' }).click()
      await page.getByLabel('Set to (UTC)').fill('2030-01-31T12:00:00')
      await page.getByRole('button', { name: 'Set the clock' }).click()
      await page.getByText('2030-01-31').waitFor()
      const { now } = await (await mock.get('/__zapsign/time')).json()
      assert.match(now, /^2030-01-31T12:00:/)
    },
  ],
  [
    'the next login gets a forced 400, and the one after it does not',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(mock.console)
      const next = card(page, 'Next answer')
      await next.getByLabel('Answer with').selectOption('rateLimited')
      await next.getByRole('button', { name: 'Force on the next request' }).click()
      await next.getByRole('button', { name: 'Remove rateLimited' }).waitFor()
      const forced = await mock.signIn()
      assert.equal(forced.status, 400)
      assert.deepEqual(await forced.json(), { message: 'Rate limit exceeded' })
      await page.getByText('rateLimited · forced').waitFor()
      await next.getByText('Nothing is pending').waitFor()
      assert.equal((await mock.signIn()).status, 200)
    },
  ],
  [
    'a pending outcome can be aimed and removed',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(mock.console)
      const next = card(page, 'Next answer')
      await next.getByLabel('Answer with').selectOption('serverError')
      await next.getByLabel('Times').fill('3')
      await next.getByLabel('Endpoint').selectOption('refresh')
      await next.getByRole('button', { name: 'Force on the next 3 requests' }).click()
      await next.getByText('serverError × 3').waitFor()
      assert.equal((await mock.signIn()).status, 200)
      await next.getByRole('button', { name: 'Remove serverError' }).click()
      await next.getByText('Nothing is pending').waitFor()
      const { outcomes } = await (await mock.get('/__zapsign/outcomes')).json()
      assert.deepEqual(outcomes, [])
    },
  ],
  [
    'two fields that change within one frame both count',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(mock.console)
      const next = card(page, 'Next answer')
      await next.locator('form').evaluate((form: HTMLFormElement) => {
        for (const [name, value] of Object.entries({ times: '3', outcome: 'serverError' })) {
          const field = form.elements.namedItem(name) as HTMLInputElement
          field.value = value
          field.dispatchEvent(new Event('input', { bubbles: true }))
        }
      })
      await next.getByRole('button', { name: 'Force on the next 3 requests' }).click()
      await next.getByText('serverError × 3').waitFor()
    },
  ],
  [
    'a user who is locked can be unlocked',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(mock.console)
      for (let attempt = 0; attempt < 5; attempt += 1) await mock.signIn(WRONG)
      assert.equal((await mock.signIn()).status, 400)
      const users = card(page, 'Users')
      await users.getByText(/^(1:00|0?0:\d\d)$/).waitFor()
      await users.getByRole('button', { name: 'Unlock dev@example.com.br' }).click()
      await users.getByText('locked').waitFor({ state: 'detached' })
      assert.equal((await mock.signIn()).status, 200)
    },
  ],
  [
    'users can be added, deactivated and removed, and a refused action says why',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(mock.console)
      const users = card(page, 'Users')
      await users.getByRole('button', { name: 'Add a user' }).click()
      await users.getByLabel('E-mail').fill(CREDENTIALS.username)
      await users.getByLabel('password').fill('geheim123')
      await users.getByRole('button', { name: 'Add a user' }).click()
      await users.getByRole('alert').getByText('Another user has the username').waitFor()
      await users.getByLabel('E-mail').fill('ana@example.com')
      await users.getByRole('button', { name: 'Add a user' }).click()
      await users.getByRole('button', { name: 'Deactivate ana@example.com' }).click()
      await users.getByRole('button', { name: 'Activate ana@example.com', exact: true }).waitFor()
      const ana = { username: 'ana@example.com', password: 'geheim123' }
      assert.equal((await mock.signIn(ana)).status, 401)
      const remove = users.getByRole('button', { name: 'Remove ana@example.com' })
      await remove.click()
      await remove.waitFor({ state: 'detached' })
    },
  ],
  [
    'the sign-in card shows the demo password, and a variable for any other',
    async ({ start, open }) => {
      const demo = await open((await start()).console)
      await card(demo, 'Sign in').getByText('StrongPassword123', { exact: true }).waitFor()
      const other = await open((await start(['--password', 'hunter2hunter2'])).console)
      await card(other, 'Sign in').getByText('$ZAPSIGN_PASSWORD', { exact: true }).waitFor()
      assert.equal((await other.content()).includes('hunter2hunter2'), false)
    },
  ],
  [
    'everything can be reset',
    async ({ start, open }) => {
      const mock = await start()
      await mock.signIn()
      await mock.post('/__zapsign/time/advance', { by: '2h' })
      const page = await open(mock.console)
      await page.locator('button.row').waitFor()
      await page.getByRole('button', { name: 'Reset everything' }).click()
      await page.getByText('No requests yet').waitFor()
      await page.getByText('system time').waitFor()
      const { counts } = await (await mock.get('/__zapsign/state')).json()
      assert.equal(counts.requests, 0)
    },
  ],
]
