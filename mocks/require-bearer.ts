import { type DefaultBodyType, HttpResponse, type HttpResponseResolver, type PathParams } from 'msw'
import { assertZapSign, type Bearer, show, type ZapSign } from '../src/internal.js'

/** A resolver that also gets the caller: MSW's own arguments, and `user` and `organization`. */
export type GuardedResolver<
  P extends PathParams<keyof P> = PathParams,
  B extends DefaultBodyType = DefaultBodyType,
> = (
  info: Parameters<HttpResponseResolver<P, B>>[0] & Bearer,
) => ReturnType<HttpResponseResolver<P, B>>

/**
 * Guards a handler of your own as the provider guards its endpoints. A request with an access token or
 * one of `apiTokens` reaches the resolver, together with the user (without the password) and the
 * organization of the token. Any other request gets the provider's error response. The types are those of
 * the handler around it.
 *
 * @throws a `TypeError` unless `resolver` is a function
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
export function requireBearer<
  P extends PathParams<keyof P> = PathParams,
  B extends DefaultBodyType = DefaultBodyType,
  R extends DefaultBodyType = undefined,
>(zapsign: ZapSign, resolver: GuardedResolver<P, B>): HttpResponseResolver<P, B, R> {
  assertZapSign(zapsign, 'requireBearer')
  if (typeof resolver !== 'function') {
    throw new TypeError(
      `requireBearer takes a function as its second argument, got ${show(resolver)}`,
    )
  }
  const guarded = async (info: Parameters<HttpResponseResolver<P, B>>[0]) => {
    let isLetIn = false
    try {
      return await zapsign.guard(info.request, async (bearer) => {
        isLetIn = true
        return toResponse(await resolver({ ...info, ...bearer }))
      })
    } catch (error) {
      if (isLetIn) throw error
      return HttpResponse.error()
    }
  }
  // The resolver's response is checked against MSW's type for any response.
  return guarded as HttpResponseResolver<P, B, R>
}

/** Refuses a generator. MSW itself checks responses: it also accepts those of npm's undici. */
function toResponse(answer: unknown): Response | undefined {
  if (!isIterable(answer)) return answer as Response | undefined
  throw new TypeError(
    'requireBearer() needs a resolver that returns a response or a promise of one. MSW would run a generator without the guard',
  )
}

function isIterable(answer: unknown): boolean {
  const { [Symbol.iterator]: sync, [Symbol.asyncIterator]: async } = Object(answer)
  return sync !== undefined || async !== undefined
}
