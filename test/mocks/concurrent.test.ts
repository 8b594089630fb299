import { setupServer } from 'msw/node'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { createHandlers } from '../../mocks/index.js'
import { createZapSign } from '../../src/index.js'
import { CREDENTIALS, JSON_TYPE, OBTAIN } from '../support.js'

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())

describe.concurrent('tests that run at the same time', () => {
  test.for(Array.from({ length: 10 }, (_, index) => index))(
    'number %d has its own provider',
    async (number, { expect }) => {
      const run = server.boundary(async () => {
        const zapsign = createZapSign({ loginLimit: { attempts: number + 1 } })
        server.use(...createHandlers(zapsign))
        const statuses: number[] = []
        for (let index = 0; index < number + 2; index += 1) {
          const body = JSON.stringify({ ...CREDENTIALS, password: 'wrong' })
          const response = await fetch(OBTAIN, { method: 'POST', headers: JSON_TYPE, body })
          statuses.push(response.status)
        }
        expect(statuses).toEqual([...Array(number + 1).fill(401), 400])
        expect(zapsign.journal.count()).toBe(number + 2)
      })
      await run()
    },
  )
})
