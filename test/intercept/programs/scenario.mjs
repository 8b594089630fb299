/**
 * What every program of this folder does, with ZapSign's host fixed in its code: sign in, refresh, list
 * documents, create one, fail five times, and be limited. It prints the statuses on one line.
 *
 * @param send sends a request and resolves to its status and its text
 */
export async function scenario(send) {
  const host = 'https://api.zapsign.com.br'
  const json = { 'content-type': 'application/json' }
  const statuses = []
  const call = async (method, path, headers, body) => {
    const { status, text } = await send({
      method,
      url: host + path,
      headers,
      body: body && JSON.stringify(body),
    })
    statuses.push(status)
    return text
  }
  const login = (password) =>
    call('POST', '/api/v1/auth/token/11111/', json, { username: 'dev@example.com.br', password })
  const { access, refresh } = JSON.parse(await login('StrongPassword123'))
  const bearer = { authorization: `Bearer ${access}` }
  await call('POST', '/api/v1/auth/token-refresh/', json, { refresh })
  await call('GET', '/api/v1/docs/?page=1', bearer)
  await call('POST', '/api/v1/docs/', { ...bearer, ...json }, { name: 'Contract' })
  for (let failures = 0; failures < 5; failures++) await login('WrongPassword123')
  await login('StrongPassword123')
  console.log(statuses.join(' '))
}
