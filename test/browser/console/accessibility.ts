import assert from 'node:assert/strict'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import type { Check } from './check.js'
import { CREDENTIALS, type Mock } from './mock.js'

const WIDE = { width: 1280, height: 860 }
const NARROW = { width: 360, height: 740 }

/** Fills every part of the page, and opens what can be opened. */
async function fill(mock: Mock, page: Page): Promise<void> {
  await mock.post('/__zapsign/users', { username: 'ana@example.com', password: 'geheim123' })
  const wrong = { username: 'ana@example.com', password: 'wrong' }
  for (let attempt = 0; attempt < 6; attempt += 1) await mock.signIn(wrong)
  await mock.signIn()
  await mock.post('/api/v1/auth/token/11111', CREDENTIALS)
  await mock.post('/__zapsign/outcomes', { outcome: 'serviceUnavailable', retryAfter: '30s' })
  await mock.get('/api/v1/docs/')
  await mock.post('/__zapsign/outcomes', { outcome: 'serverError', times: 2 })
  await mock.post('/__zapsign/time/advance', { by: '1m' })
  await page.getByRole('button', { name: 'Issue a token' }).click()
  await page.getByRole('button', { name: 'Set…' }).click()
  await page.getByRole('button', { name: 'Add a user' }).click()
  await page.getByText('Configuration in force').click()
  await page.locator('button.row').nth(1).click()
  await page.getByText('serverError × 2').waitFor()
  await page.getByText('200 authorized').waitFor()
}

async function violationsOf(page: Page): Promise<string[]> {
  // A row that fades in has less contrast for a moment.
  await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished))')
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()')
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

const isTooWide = (page: Page) => page.evaluate('document.documentElement.scrollWidth > innerWidth')

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [WIDE, NARROW].map((viewport) => ({ colorScheme, viewport })),
)

/** The page for everybody: axe-core, the keyboard, small windows, less motion, another language. */
export const ACCESSIBILITY: readonly Check[] = [
  ...looks.map(
    ({ colorScheme, viewport }): Check => [
      `axe-core finds nothing wrong, and nothing is too wide: ${colorScheme}, ${viewport.width} pixels`,
      async ({ start, open }) => {
        const mock = await start()
        const page = await open(mock.console, { colorScheme, viewport })
        await page.getByText('No requests yet').waitFor()
        assert.deepEqual(await violationsOf(page), [])
        assert.equal(await isTooWide(page), false)
        await fill(mock, page)
        assert.deepEqual(await violationsOf(page), [])
        assert.equal(await isTooWide(page), false)
      },
    ],
  ),
  [
    'axe-core finds nothing wrong with the page that asks for the control token',
    async ({ start, open }) => {
      const page = await open((await start(['--control-token', 'a-control-token'])).console)
      await page.getByLabel('Control token').waitFor()
      assert.deepEqual(await violationsOf(page), [])
    },
  ],
  [
    'the keyboard reaches the requests, opens one and moves to the next',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(mock.console)
      await mock.signIn()
      await mock.signIn({ ...CREDENTIALS, password: 'wrong' })
      await page.locator('button.row').nth(1).waitFor()
      await page.getByLabel('Filter requests').focus()
      for (let key = 0; key < 3; key += 1) await page.keyboard.press('Tab')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.getByText('Request as received').waitFor()
      const focused = await page.evaluate(
        "[document.activeElement.innerText.includes('200'), getComputedStyle(document.activeElement).outlineStyle]",
      )
      assert.deepEqual(focused, [true, 'solid'])
      await mock.signIn()
      await page.locator('button.row').nth(2).waitFor()
      // New requests do not move the focus.
      assert.equal(
        await page.evaluate("document.activeElement.getAttribute('aria-expanded')"),
        'true',
      )
    },
  ],
  [
    'a screen reader hears of new requests, and of nothing while the list is paused',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(mock.console)
      const announcer = page.locator('#announcer')
      await page.getByText('No requests yet').waitFor()
      assert.equal(await announcer.getAttribute('role'), 'status')
      await mock.signIn({ ...CREDENTIALS, password: 'wrong' })
      await announcer.getByText(/401 POST .* wrong password/).waitFor({ state: 'attached' })
      await page.getByRole('button', { name: 'Pause' }).click()
      const before = await announcer.textContent()
      await mock.signIn()
      await page.getByRole('button', { name: 'Resume (1 new)' }).waitFor()
      assert.equal(await announcer.textContent(), before)
    },
  ],
  [
    'rows do not fade in where less motion is wanted',
    async ({ start, open }) => {
      const mock = await start()
      await mock.signIn()
      const page = await open(mock.console, { reducedMotion: 'reduce' })
      await page.locator('.rows > li').waitFor()
      const animation = "getComputedStyle(document.querySelector('.rows > li')).animationName"
      assert.equal(await page.evaluate(animation), 'none')
    },
  ],
  [
    'the page speaks Portuguese where the browser does',
    async ({ start, open }) => {
      const mock = await start()
      const page = await open(mock.console, { locale: 'pt-BR' })
      await page.getByText('Nenhuma requisição ainda').waitFor()
      assert.equal(await page.evaluate('document.documentElement.lang'), 'pt-BR')
      await mock.signIn()
      await page.getByText(/· \d+,\d ms/).waitFor()
    },
  ],
]
