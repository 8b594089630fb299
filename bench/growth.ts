import type { ZapSignOptions } from '../dist/src/index.js'
import { coreLogin, heapInUse, timeOf, usersFor } from './load/core.js'
import { isShort, median } from './support.js'

const ROUNDS = isShort ? 3 : 9
const LOGINS = isShort ? 1000 : 10_000
const USERS = 100_000
const ENTRIES = isShort ? 10_000 : 100_000

const subjects: Record<string, ZapSignOptions> = {
  '1 user, no journal': { users: usersFor(1), journalSize: 0 },
  '1 user, a full journal of 1,000': { users: usersFor(1) },
  '100,000 users, a full journal of 1,000': { users: usersFor(USERS) },
  [`1 user, a full journal of ${ENTRIES.toLocaleString('en')}`]: {
    users: usersFor(1),
    journalSize: ENTRIES,
  },
}

/** Target: the time of a login and the heap do not depend on how many users and entries there are. */
export async function measure() {
  const runs = Object.entries(subjects).map(([name, options]) => {
    return { name, login: coreLogin(options), times: [] as number[], growth: 0 }
  })
  // Fills the journals, and lets the program compile its code.
  for (const { login } of runs) await timeOf(login, ENTRIES)
  for (const run of runs) {
    const before = heapInUse()
    await timeOf(run.login, LOGINS)
    run.growth = heapInUse() - before
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { login, times } of runs) times.push(await timeOf(login, LOGINS))
  }
  const rows = runs.map(({ name, times, growth }) => ({ name, time: median(times), growth }))
  print(rows)
  return rows
}

function print(rows: readonly { name: string; time: number; growth: number }[]): void {
  const baseline = rows[0]?.time ?? Number.NaN
  console.log(`CPU microseconds of a login, median of ${ROUNDS} rounds of ${LOGINS} logins,`)
  console.log('and by how many MB the heap grows in a round')
  for (const { name, time, growth } of rows) {
    const figure = `${time.toFixed(1)} (${(time / baseline).toFixed(2)})`
    console.log(`  ${name.padEnd(40)}${figure.padEnd(16)}${growth.toFixed(2)}`)
  }
}
