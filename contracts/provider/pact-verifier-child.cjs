// Runs Pact's verifier in a separate process: its native code bypasses JavaScript's stdout.
const { rmSync } = require('node:fs')
const { createRequire } = require('node:module')

const [, , folder] = process.argv

// The parent decides when to end, and deletes the folder. When the parent is gone, this process does.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
process.on('disconnect', () => {
  rmSync(folder, { recursive: true, force: true })
  end()
})

/** process.exit() would wait for the requests that Pact's native code has not finished. */
function end() {
  process.kill(process.pid, 'SIGKILL')
}

process.once('message', async ({ pact, options }) => {
  let results
  try {
    // Pact's core, not its Verifier: that adds a proxy, which answers some requests itself (a body that
    // is not a JSON object, one of 100 kB) and rewrites others.
    const core = createRequire(pact)('@pact-foundation/pact-core').default
    results = await core.verifyPacts(options)
  } catch (error) {
    // Pact's native code rejects with a string.
    results = String(error?.message ?? error)
  }
  process.send({ results }, end)
})
