// `createZapSign` at module level, where workerd allows no random values and no timers.
import { createZapSign } from 'zapsign-mock'

const zapsign = createZapSign()

// biome-ignore lint/style/noDefaultExport: workerd requires it
export default {
  fetch: zapsign.fetch,
  async test(_, env) {
    const request = new Request('https://api.zapsign.com.br/api/v1/auth/token/11111/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'dev@example.com.br', password: 'StrongPassword123' }),
    })
    // workerd passes the bindings as the second argument: one called `method` must not change the request.
    const response = await zapsign.fetch(request, env)
    if (response.status !== 200) throw new Error(`The login was answered with ${response.status}`)
  },
}
