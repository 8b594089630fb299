// Runs Pact's verifier in a process of its own: it prints from native code, past JavaScript's stdout.
process.once('message', async ({ pact, options, statesUrl }) => {
  const { Verifier } = require(pact)

  async function arrange(name, parameters) {
    const response = await fetch(statesUrl, {
      method: 'POST',
      body: JSON.stringify({ name, parameters }),
    })
    if (!response.ok) throw new Error(await response.text())
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
    results = await new Verifier({ ...options, stateHandlers }).verifyProvider()
  } catch (error) {
    results = error.message
  }
  process.send({ results }, () => process.exit(0))
})
