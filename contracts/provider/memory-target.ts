import type { ZapSign } from '../../src/index.js'
import { sendTo } from './login.js'
import { handlersFor, isStateName } from './states.js'
import type { Target } from './target.js'

/** A provider in memory: every cause can be set up. It is reset before each interaction. */
export function memoryTarget(zapsign: ZapSign): Target {
  return {
    send: sendTo(zapsign),
    timeOf: () => ({ time: zapsign.time.now().getTime() / 1000, dateOffset: 0 }),
    reset: () => zapsign.reset(),
    repeatsTokenIds: true,
    whyNot: () => undefined,
    knows: isStateName,
    async setUp({ name, parameters }, send) {
      if (!isStateName(name)) return { values: {} }
      return { values: await handlersFor(zapsign, send)[name](parameters) }
    },
    async tearDown() {},
    secrets: new Set(),
  }
}
