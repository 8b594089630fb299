/** A text of the help, in each language that the help has. */
export interface Wording {
  en: string
  pt: string
}

/** A language of the help. */
export type HelpLanguage = keyof Wording

/**
 * The language of the help: Portuguese if the environment asks for it, in the order that POSIX gives to the
 * variables of a locale; English for every other locale.
 */
export function helpLanguage(
  environment: Readonly<Record<string, string | undefined>>,
): HelpLanguage {
  const { LC_ALL, LC_MESSAGES, LANG } = environment
  return /^pt(?![a-z])/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'pt' : 'en'
}
