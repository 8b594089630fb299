// Runs Pact's verifier in a process of its own: it prints from native code, past JavaScript's stdout.
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { tmpdir } = require('node:os')
const { join } = require('node:path')

// The parent decides when to end; without it there is nobody to tell anything.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
process.on('disconnect', end)

let folder

/** Not by process.exit(): that would wait for requests that Pact's native code still has under way. */
function end() {
  if (folder) rmSync(folder, { recursive: true, force: true })
  process.kill(process.pid, 'SIGKILL')
}

process.once('message', async ({ pact, options, pacts }) => {
  folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-verify-'))
  const pactUrls = pacts.map((text, index) => {
    const file = join(folder, `${String(index).padStart(6, '0')}.json`)
    writeFileSync(file, text)
    return file
  })

  let results
  try {
    // Pact's core, and not its Verifier: that puts a proxy in between, which answers requests of its
    // own accord (a body that is no JSON object, one of 100 kB) and writes others anew.
    const core = createRequire(pact)('@pact-foundation/pact-core').default
    results = await core.verifyPacts({ ...options, pactUrls })
  } catch (error) {
    results = error.message
  }
  process.send({ results }, end)
})
