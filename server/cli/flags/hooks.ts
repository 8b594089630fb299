import type { Invocation } from './invocation.js'
import type { HelpLanguage } from './wording.js'

/** What the description of the commands needs to know, and who receives what was given. */
export interface Hooks {
  /** The language of the help. Error messages are English in every language. */
  language: HelpLanguage
  /** Receives the command that was given. */
  settle(invocation: Invocation): void
  /** Receives what commander prints: the help or the version. */
  print(text: string): void
}
