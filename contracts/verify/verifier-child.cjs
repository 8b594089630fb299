// Runs Pact's verifier in a process of its own: it prints from native code, past JavaScript's stdout.
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs')
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

process.once('message', async ({ pact, options, pacts, statesUrl }) => {
  folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-verify-'))
  const pactUrls = pacts.map((text, index) => {
    const file = join(folder, `${String(index).padStart(6, '0')}.json`)
    writeFileSync(file, text)
    return file
  })

  async function arrange(name, parameters) {
    const response = await fetch(statesUrl, {
      method: 'POST',
      body: JSON.stringify({ name, parameters }),
    })
    if (!response.ok) throw new Error(await response.text())
    // What it returns goes into requests, where the pact has generators for it.
    return response.json()
  }

  // Whatever state a pact names, the parent is asked; Pact would only warn of one that it does not know.
  const stateHandlers = new Proxy(
    {},
    {
      get: (_, name) =>
        typeof name === 'string' && name !== 'toJSON'
          ? (parameters) => arrange(name, parameters)
          : undefined,
    },
  )

  let results
  try {
    const { Verifier } = require(pact)
    results = await new Verifier({ ...options, pactUrls, stateHandlers }).verifyProvider()
  } catch (error) {
    results = error.message
  }
  process.send({ results }, end)
})
