/** `fetch` hides the reason in the cause of its error, or in the first of several. */
export function reasonOf(error: unknown): string {
  const { cause, errors, code, message, name } = Object(error)
  if (name === 'TimeoutError') return 'no answer'
  if (cause) return reasonOf(cause)
  if (errors?.[0]) return reasonOf(errors[0])
  return REASONS[code] ?? String(code ?? message)
}

/** By Node's codes. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused (ECONNREFUSED)',
  ENOTFOUND: 'the host is not known (ENOTFOUND)',
  EAI_AGAIN: 'the host is not known (EAI_AGAIN)',
  UND_ERR_SOCKET: 'the connection closed (UND_ERR_SOCKET)',
}
