import { replaceSpans, type SecretIndex } from '../../src/secret-index.js'

/** A text with a star for each secret. */
export function mask(secrets: Pick<SecretIndex, 'spansIn'>, text: string): string {
  return replaceSpans(text, secrets.spansIn(text), '*')
}
