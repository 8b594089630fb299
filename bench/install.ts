import { join } from 'node:path'
import { countPackages, install, pack, sizeOf } from './support.js'

/** Targets: 10 packages and 6 MB at the most. */
export async function measure() {
  const tarball = pack()
  const subjects = { 'zapsign-mock (tarball)': tarball, 'baseline: express alone': 'express@5' }
  const rows = Object.entries(subjects).map(([subject, what]) => {
    const started = performance.now()
    const folder = install(what)
    const seconds = (performance.now() - started) / 1000
    return {
      subject,
      packages: countPackages(folder),
      megabytes: sizeOf(join(folder, 'node_modules')) / 1e6,
      seconds,
    }
  })
  console.log('install in an empty folder, with an empty cache')
  for (const { subject, packages, megabytes, seconds } of rows) {
    console.log(
      `  ${subject.padEnd(26)} ${packages} packages, ${megabytes.toFixed(1)} MB, ${seconds.toFixed(1)} s`,
    )
  }
  return rows
}
