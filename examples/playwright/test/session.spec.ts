import { expect } from '@playwright/test'
import { signIn, test } from './fixtures.js'

test('a user signs in', async ({ page, zapsign }) => {
  await signIn(page)
  await expect(page.getByRole('heading')).toHaveText('Your documents')
  expect(await zapsign.journal.count({ outcome: 'authenticated' })).toBe(1)
})

test('a wrong password is reported', async ({ page }) => {
  await signIn(page, 'wrong')
  await expect(page.getByRole('alert')).toHaveText('The e-mail or the password is wrong.')
})

test('after too many wrong passwords even the right one waits', async ({ page, zapsign }) => {
  for (let attempt = 1; attempt <= 5; attempt += 1) await signIn(page, 'wrong')
  await signIn(page)
  await expect(page.getByRole('alert')).toHaveText('Too many attempts. Wait a minute.')
  await zapsign.time.advance('61s')
  await signIn(page)
  await expect(page.getByRole('heading')).toHaveText('Your documents')
})

test('after an hour the session goes on', async ({ page, zapsign }) => {
  await signIn(page)
  await expect(page.getByRole('heading')).toHaveText('Your documents')
  await zapsign.time.advance('61m')
  await page.reload()
  await expect(page.getByRole('heading')).toHaveText('Your documents')
  expect(await zapsign.journal.count({ outcome: 'refreshed' })).toBe(1)
})

test('after a day the user signs in again', async ({ page, zapsign }) => {
  await signIn(page)
  await expect(page.getByRole('heading')).toHaveText('Your documents')
  await zapsign.time.advance('25h')
  await page.reload()
  await expect(page.getByRole('alert')).toHaveText('Your session has expired.')
  await signIn(page)
  await expect(page.getByRole('heading')).toHaveText('Your documents')
})

test('an outage does not end the session', async ({ page, zapsign }) => {
  await signIn(page)
  await expect(page.getByRole('heading')).toHaveText('Your documents')
  await zapsign.time.advance('61m')
  await zapsign.outcomes.next('serviceUnavailable', { endpoint: 'refresh' })
  await page.reload()
  await expect(page.getByText('ZapSign does not answer.')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading')).toHaveText('Your documents')
})
