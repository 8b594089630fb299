import { afterEach, expect, test, vi } from 'vitest'
import { wait } from '../../src/waiting.js'

afterEach(() => {
  vi.useRealTimers()
})

test('wait takes real time, even with a test runner’s fake timers', async () => {
  vi.useFakeTimers()
  await expect(wait(1)).resolves.toBeUndefined()
})

test('wait rejects with the reason of a signal that aborts or has aborted', async () => {
  const controller = new AbortController()
  const waiting = wait(1_000_000, controller.signal)
  controller.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
  await expect(wait(1_000_000, controller.signal)).rejects.toThrow('enough')
})
