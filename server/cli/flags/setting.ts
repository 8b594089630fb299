/** How a flag's or an environment variable's text becomes a value. */
type Kind = 'text' | 'number' | 'instant' | 'list' | 'names' | 'switch'

/** Something that the command can be told: `--access-lifetime` is also `ZAPSIGN_MOCK_ACCESS_LIFETIME`. */
export interface Setting {
  /** As the help shows it, with the name of its argument. */
  flag: string
  kind: Kind
  help: string
  /** The heading that it stands under in the help. */
  group: string
  /** What a switch means when it is on: `true`, unless said otherwise. */
  on?: boolean
  /** What an environment says with a switch that is off; nothing, unless said otherwise. */
  off?: object
}
