import type { SettingValues } from './settings.js'

/** A program to run, and its arguments. */
export type Child = [file: string, ...args: string[]]

/** What a command line asks for. */
export type Invocation =
  | { command: 'serve' | 'token'; flags: SettingValues }
  | { command: 'run'; flags: SettingValues; child: Child }
  | { command: 'contract'; flags: SettingValues; child: Child }
  | { command: 'verify'; flags: SettingValues; pacts: string[] }
  /** Prints a text: that of `--help` or `--version`. */
  | { command: 'print'; text: string }
