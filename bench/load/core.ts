import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createZapSign, type ZapSignOptions } from '../../dist/src/index.js'
import { ZAPSIGN_LOGIN } from './subject.js'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** A login of `dev@example.com.br` in the core, without a transport. */
export function coreLogin(options: ZapSignOptions = {}): () => Promise<unknown> {
  const zapsign = createZapSign(options)
  const request = {
    method: 'POST',
    path: ZAPSIGN_LOGIN.path,
    query: '',
    headers: { get: (name: string) => (name === 'content-type' ? ZAPSIGN_LOGIN.type : null) },
    body: new TextEncoder().encode(ZAPSIGN_LOGIN.body),
  }
  return () => zapsign.reply(request)
}

/** Users, the first of which is `dev@example.com.br`. */
export function usersFor(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    username: index === 0 ? 'dev@example.com.br' : `user-${index}@example.com`,
    password: index === 0 ? 'StrongPassword123' : `password of ${index}`,
  }))
}

/** Microseconds of CPU for one of `logins` logins: other programs disturb them less than the time on the wall. */
export async function timeOf(login: () => Promise<unknown>, logins: number): Promise<number> {
  const before = process.cpuUsage()
  for (let index = 0; index < logins; index += 1) await login()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / logins
}

/** Megabytes of the heap that are in use after a garbage collection. */
export function heapInUse(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed / 1e6
}
