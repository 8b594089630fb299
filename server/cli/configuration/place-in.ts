/** Where a position stands in a text, for people: ` (line 2, column 1)`. */
export function placeIn(text: string, position: number): string {
  const lines = text.slice(0, position).split('\n')
  return ` (line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1})`
}
