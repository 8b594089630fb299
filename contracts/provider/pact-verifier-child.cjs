// Runs Pact's verifier in a process of its own: it prints from native code, past JavaScript's stdout.
const { rmSync } = require('node:fs')
const { createRequire } = require('node:module')

const [, , folder] = process.argv

// The parent decides when to end, and deletes the folder; without it there is nobody else to.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
process.on('disconnect', () => {
  rmSync(folder, { recursive: true, force: true })
  end()
})

/** Not by process.exit(): that would wait for requests that Pact's native code still has under way. */
function end() {
  process.kill(process.pid, 'SIGKILL')
}

process.once('message', async ({ pact, options }) => {
  let results
  try {
    // Pact's core, and not its Verifier: that puts a proxy in between, which answers requests of its
    // own accord (a body that is no JSON object, one of 100 kB) and writes others anew.
    const core = createRequire(pact)('@pact-foundation/pact-core').default
    results = await core.verifyPacts(options)
  } catch (error) {
    // Pact's native code rejects with a text.
    results = String(error?.message ?? error)
  }
  process.send({ results }, end)
})
