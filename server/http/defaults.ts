/** The command's port, easy to remember: ZAPS on a phone's keys. */
export const DEFAULT_PORT = 9277

/** Only this machine can call. */
export const DEFAULT_HOST = '127.0.0.1'
