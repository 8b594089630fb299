import { expect, test } from 'vitest'
import { createMemoryStore } from '../../../src/state/memory-store.js'
import { testStore } from './store-suite.js'

testStore(createMemoryStore)

test('the store in memory answers at once', () => {
  const store = createMemoryStore({ users: [], loginLimit: false, journalSize: 1, now: () => 5 })
  expect(store.arrive()).toEqual({ now: 5, forced: undefined })
})
