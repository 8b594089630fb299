/**
 * Applies a block of CONTRIBUTING.md in the language `diff` to the text of a file: the lines that begin with a space or
 * a minus, and empty lines, must be there exactly once, and the lines that begin with a space or a plus replace them.
 */
export function applyDiff(file: string, text: string, diff: string): string {
  const lines = diff.replace(/\n$/, '').split('\n')
  const wrong = lines.find((line) => !/^([ +-]|$)/.test(line))
  if (wrong !== undefined) throw new Error(`A line of a diff begins with " ", "+" or "-": ${wrong}`)
  const side = (other: string) =>
    lines
      .filter((line) => !line.startsWith(other))
      .map((line) => `${line.slice(1)}\n`)
      .join('')
  const before = side('+')
  const [head, tail, ...more] = `\n${text}`.split(`\n${before}`)
  if (before === '' || head === undefined || tail === undefined || more.length > 0)
    throw new Error(
      `A diff in CONTRIBUTING.md expects these lines exactly once in ${file}. Update the diff in CONTRIBUTING.md:\n${before}`,
    )
  return `${head}\n${side('-')}${tail}`.slice(1)
}
