const TOKEN = /[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g

/** A text without tokens, and without the values that were put in place of a pact's. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const withoutSecrets = secrets
    .filter((secret) => secret.length > 3)
    .reduce((rest, secret) => rest.replaceAll(secret, '(withheld)'), text)
  return withoutSecrets.replace(TOKEN, '(a token)')
}
