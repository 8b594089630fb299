import { test as base, type Page } from '@playwright/test'
import { type Control, connect } from 'zapsign-mock/server'
import { startApplication } from '../src/application.js'

/** A mock as at its start, and the application on a free port. */
export const test = base.extend<{ zapsign: Control }>({
  zapsign: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from it
    async ({}, use) => {
      const zapsign = await connect(process.env['ZAPSIGN_CONTROL_URL'] ?? '')
      await zapsign.reset()
      await use(zapsign)
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  baseURL: async ({}, use) => {
    const application = await startApplication()
    await use(application.url)
    application.close()
  },
})

export async function signIn(page: Page, password = process.env['ZAPSIGN_PASSWORD'] ?? '') {
  await page.goto('/')
  await page.getByLabel('E-mail').fill(process.env['ZAPSIGN_USERNAME'] ?? '')
  await page.getByLabel('Password').fill(password)
  const answer = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await answer
}
