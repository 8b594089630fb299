import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest'
import { createZapSign } from 'zapsign-mock'
import { createHandlers, matchers, requireBearer } from 'zapsign-mock/mocks'

/** The mock of this test file. */
export const zapsign = createZapSign()

interface NewDocument {
  name: string
  signers: { name: string; email: string }[]
}

/** The mock models signing in. This is how a project adds an endpoint of its own behind the same guard. */
const createDocument = http.post<never, NewDocument>(
  'https://api.zapsign.com.br/api/v1/docs/',
  requireBearer(zapsign, async ({ request, user }) => {
    const { name, signers } = await request.json()
    return HttpResponse.json({
      token: 'a-document',
      name,
      status: 'pending',
      created_by: { email: user?.username },
      signers: signers.map((signer, index) => ({
        ...signer,
        sign_url: `https://app.zapsign.com.br/verificar/signer-${index}`,
      })),
    })
  }),
)

const server = setupServer(createDocument, ...createHandlers(zapsign))

expect.extend(matchers)
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => {
  vi.useRealTimers()
  zapsign.reset()
})
afterAll(() => server.close())
