import type { Verb } from './control-verbs.js'
import type { SettingValues } from './settings.js'

/** A program to run, and its arguments. */
export type Child = [file: string, ...args: string[]]

/** What a command line asks for. */
export type Invocation =
  | { command: 'serve' | 'token'; flags: SettingValues }
  | { command: 'run'; flags: SettingValues; child: Child }
  | { command: 'contract'; flags: SettingValues; child: Child }
  | { command: 'verify'; flags: SettingValues; pacts: string[] }
  | { command: 'wait'; url: string | undefined; timeout: string }
  | {
      command: 'control'
      verb: Verb
      /** The argument. */
      value: string | undefined
      options: Readonly<Record<string, unknown>>
      url: string | undefined
      token: string | undefined
    }
  /** Is one of the processes of `--workers`. */
  | { command: 'worker' }
  /** Prints a text: that of `--help` or `--version`. */
  | { command: 'print'; text: string }
