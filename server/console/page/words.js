import { PORTUGUESE } from './words-pt.js'

/** The words of the page. Names and explanations that the mock sends stay as the command's log has them. */
const ENGLISH = {
  language: 'en',
  /** @param {string} number */
  decimal: (number) => number,
  copy: 'Copy',
  copied: 'Copied',
  baseUrl: 'Base URL',
  clock: 'Clock of the mock',
  systemTime: 'system time',
  stopped: 'stopped',
  plusMinute: '+1 min',
  plusHour: '+1 h',
  plusDay: '+1 day',
  setClock: 'Set…',
  setTo: 'Set to (UTC)',
  set: 'Set the clock',
  cancel: 'Cancel',
  systemClock: 'Now',
  systemClockHint: 'Back to the system clock',
  requests: 'Requests',
  filter: 'Filter requests',
  pause: 'Pause',
  /** @param {number} count */
  resume: (count) => (count > 0 ? `Resume (${count} new)` : 'Resume'),
  clear: 'Clear journal',
  noRequests: 'No requests yet. Try this:',
  /** @param {string} filter */
  noMatch: (filter) => `No request matches “${filter}”.`,
  showAll: 'Show all',
  noReply: 'no reply',
  received: 'Request as received',
  noHeaders: 'The mock no longer has the headers and the body of this request.',
  /** @param {number} size */
  truncated: (size) => `The mock keeps only the start of this body of ${size} bytes.`,
  repeat: 'Repeat it',
  user: 'user',
  signIn: 'Sign in',
  organization: 'organization',
  password: 'password',
  nobody: 'No user is active. Nobody can sign in.',
  next: 'Next answer',
  answerWith: 'Answer with',
  times: 'Times',
  endpoint: 'Endpoint',
  anyEndpoint: 'any endpoint',
  obtain: 'sign in (obtain)',
  refresh: 'refresh',
  forUser: 'Only for user',
  anyUser: 'any user',
  retryAfter: 'Retry-After',
  /** @param {number} times */
  force: (times) =>
    times === 1 ? 'Force on the next request' : `Force on the next ${times} requests`,
  pending: 'Pending',
  nothingPending: 'Nothing is pending. The mock answers as ZapSign does.',
  /** @param {string} outcome */
  forget: (outcome) => `Remove ${outcome}`,
  token: 'Token',
  pasteToken: 'Access or refresh token',
  issueFor: 'Issue for',
  issue: 'Issue a token',
  valid: 'valid',
  invalid: 'invalid',
  signature: 'Signature',
  expiresIn: 'expires in',
  expiredFor: 'expired for',
  answerNow: 'ZapSign would answer now',
  users: 'Users',
  inactive: 'inactive',
  locked: 'locked',
  unlock: 'Unlock',
  deactivate: 'Deactivate',
  activate: 'Activate',
  remove: 'Remove',
  addUser: 'Add a user',
  username: 'E-mail',
  organizations: 'Organizations (empty for any)',
  configuration: 'Configuration in force',
  reset: 'Reset everything',
  resetDone:
    'Journal, login limit, outcomes and clock are cleared. The initial users are restored.',
  /** @param {string} time */
  lost: (time) => `No connection to the mock since ${time}. Trying again…`,
  needsToken: 'This mock asks for its control token (--control-token).',
  controlToken: 'Control token',
  unlockPage: 'Open the console',
  /** @param {number} count */
  newRequests: (count) => `${count} new requests`,
  connecting: 'Connecting to the mock…',
}

/** @typedef {typeof ENGLISH} Words */

/** The words in the first of the browser's languages that the page has. */
export function chooseWords() {
  const found = navigator.languages.find((language) => /^(en|pt)\b/i.test(language)) ?? 'en'
  return /^pt/i.test(found) ? PORTUGUESE : ENGLISH
}
