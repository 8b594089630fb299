import type { SentReply, SentRequest } from '../http.js'
import type { PromiseName } from '../promises.js'
import { allowOrigin, answerPreflight, isPreflight } from './cors.js'
import { meantFor, specifiedAs } from './explain.js'
import { forwardToMock } from './forward-to-mock.js'
import { answerOther, refuse } from './refusal.js'
import type { WireTokens } from './wire-tokens.js'

/** A reply, and whether it is the one that a promise specifies. */
export interface Answer {
  reply: SentReply
  specified: boolean
}

/** Answers a request that no promise is about. */
export type OnOther = (sent: SentRequest) => Promise<SentReply>

/** Creates the function that answers the requests of one run. */
export function createResponder({
  mockUrl,
  asked,
  tokens,
  onOther = async () => answerOther(),
}: {
  mockUrl: string
  asked: readonly PromiseName[]
  tokens: WireTokens
  /** Answers a request that no promise is about. @default with 501 */
  onOther?: OnOther | undefined
}): (sent: SentRequest) => Promise<Answer> {
  async function answer(sent: SentRequest): Promise<Answer> {
    if (isPreflight(sent)) return { reply: answerPreflight(sent), specified: false }
    const request = tokens.toLiterals(sent)
    const name = specifiedAs(request)
    const specified = name && (await forwardToMock(mockUrl, request, name))
    if (specified)
      return { reply: { ...specified, body: tokens.issue(specified.body) }, specified: true }
    const meant = meantFor(request, asked)
    return { reply: meant ? refuse(request, meant) : await onOther(sent), specified: false }
  }

  return async (sent) => {
    const { reply, specified } = await answer(sent)
    return { reply: allowOrigin(reply, sent.headers['origin']), specified }
  }
}
