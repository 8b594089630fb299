/** The request of a login, as a subject takes it. */
export interface Login {
  path: string
  type: string
  body: string
}

export const ZAPSIGN_LOGIN: Login = {
  path: '/api/v1/auth/token/11111/',
  type: 'application/json',
  body: JSON.stringify({ username: 'dev@example.com.br', password: 'StrongPassword123' }),
}

/** A server that is started, loaded and measured. */
export interface Subject {
  /** The command line that starts it on a port of 127.0.0.1. */
  command(port: number): readonly string[]
  /** @default ZAPSIGN_LOGIN */
  login?: Login
}

/** A program in Node that takes its port from `ZAPSIGN_MOCK_PORT`. */
export function program(node: string, file: string): Subject {
  return { command: () => [node, file] }
}
