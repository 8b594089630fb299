/** @import { createApi } from './api.js' */
/** @import { State, User } from './types.js' */

/** The password of the documentation's example. */
const DEMO = 'StrongPassword123'

/**
 * Reads the state of the mock.
 * @param {ReturnType<typeof createApi>} api
 * @returns {Promise<Pick<State, 'mock' | 'clock'>>}
 */
export async function readMock(api) {
  const state = await api.send('GET', 'state')
  return {
    mock: {
      version: state.version,
      users: state.users.map((/** @type {User} */ user) =>
        state.demoPasswords.includes(user.username) ? { ...user, password: DEMO } : user,
      ),
      pending: state.outcomes,
      locks: state.loginLimit.locked,
      limit: state.loginLimit.rule,
    },
    clock: toClock(state.time),
  }
}

/**
 * @param {{ now: string, frozen: boolean }} time
 * @returns {State['clock']}
 */
export function toClock({ now, frozen }) {
  const epoch = Date.parse(now)
  return { ahead: epoch - Date.now(), ...(frozen && { frozen: epoch }) }
}
