import { HttpResponse, type HttpResponseResolver } from 'msw'
import { assertZapSign, type Bearer, show, type ZapSign } from '../src/index.js'

type Info = Parameters<HttpResponseResolver>[0]

/** A resolver that is told who calls: MSW's own arguments, and `user` and `organization`. */
export type GuardedResolver = (
  info: Info & Bearer,
) => Response | undefined | Promise<Response | undefined>

/**
 * Guards a handler of your own as the provider guards its pages: with an access token (or one of
 * `apiTokens`) the resolver is called, with the user and the organization that it stands for; without,
 * the provider's refusal is the reply.
 *
 * @example
 * import { http, HttpResponse } from 'msw'
 * import { createZapSign } from 'zapsign-mock'
 * import { requireBearer } from 'zapsign-mock/mocks'
 *
 * const zapsign = createZapSign()
 * const handler = http.get(
 *   'https://api.zapsign.com.br/api/v1/docs/:token/',
 *   requireBearer(zapsign, ({ params, user }) =>
 *     HttpResponse.json({ token: params.token, created_by: { email: user?.username } }),
 *   ),
 * )
 */
export function requireBearer(zapsign: ZapSign, resolver: GuardedResolver) {
  assertZapSign(zapsign, 'requireBearer')
  if (typeof resolver !== 'function') {
    throw new TypeError(
      `requireBearer takes a resolver as its second argument, got ${show(resolver)}`,
    )
  }
  return async (info: Info): Promise<Response | undefined> => {
    let isLetIn = false
    try {
      return await zapsign.guard(info.request, (bearer) => {
        isLetIn = true
        return resolver({ ...info, ...bearer })
      })
    } catch (error) {
      if (isLetIn) throw error
      return HttpResponse.error()
    }
  }
}
