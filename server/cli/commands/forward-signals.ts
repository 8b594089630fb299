const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/** A terminal sends these to every program that runs on it. */
const FROM_TERMINAL: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT']

/** Milliseconds that a program gets to end after the first signal. */
const PATIENCE = 5000

interface Forwarding {
  send(signal: NodeJS.Signals): void
  onTerminal: boolean
}

/**
 * Forwards signals to a program until the returned function is called. The program is killed at the
 * second signal that asks it to end, or 5 s after the first. SIGHUP may mean that it shall reload, so
 * it is only forwarded. A program on a terminal gets SIGINT and SIGQUIT from the terminal, and may
 * handle them as it likes: a shell does not end at Ctrl-C.
 */
export function forwardSignals({ send, onTerminal }: Forwarding): () => void {
  let isEnding = false
  let timer: NodeJS.Timeout | undefined

  function forward(signal: NodeJS.Signals): void {
    if (onTerminal && FROM_TERMINAL.includes(signal)) return
    send(isEnding ? 'SIGKILL' : signal)
    if (isEnding || signal === 'SIGHUP') return
    isEnding = true
    timer = setTimeout(() => send('SIGKILL'), PATIENCE)
  }

  for (const signal of FORWARDED) process.on(signal, forward)
  return () => {
    clearTimeout(timer)
    for (const signal of FORWARDED) process.off(signal, forward)
  }
}
