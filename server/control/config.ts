import { DEFAULT_SIGNING_KEY, type Settings } from '../../src/internal.js'
import type { ControlContext } from './route.js'

const WITHHELD = '(withheld)'

/** The configuration in force. Keys, tokens, passwords and extra claims are withheld. */
export function readConfig({ settings, server }: ControlContext) {
  const { organizations, users } = settings
  return {
    ...server,
    users: users.map(({ password, ...user }) => user),
    ...(organizations && { organizations: [...organizations].map((id) => ({ id })) }),
    signingKey: settings.signingKey === DEFAULT_SIGNING_KEY ? '(default)' : WITHHELD,
    accessLifetime: toDuration(settings.accessLifetime),
    refreshLifetime: toDuration(settings.refreshLifetime),
    ...(settings.claims !== undefined && { claims: WITHHELD }),
    loginLimit: readRule(settings),
    unauthorizedStatus: settings.unauthorizedStatus,
    language: settings.language,
    apiTokens: settings.apiTokens.map(() => WITHHELD),
    now: nowOf(settings),
    ...(settings.seed !== undefined && { seed: settings.seed }),
    journalSize: settings.journalSize,
    ...(settings.faultRate && { faultRate: settings.faultRate }),
  }
}

function nowOf({ now, isFrozen }: Settings): string {
  if (!now) return '(system clock)'
  return isFrozen ? new Date(now()).toISOString() : '(function)'
}

/** The rule of the login limit, or `false`. */
export function readRule({ loginLimit }: Settings) {
  return loginLimit && { ...loginLimit, window: toDuration(loginLimit.window) }
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const

/** Milliseconds in the largest unit that gives a whole number: `'90s'`. */
function toDuration(milliseconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => milliseconds % length === 0) ?? ['ms', 1]
  return `${milliseconds / length}${unit}`
}
