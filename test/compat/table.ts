import { combine, nameOf } from './combinations.js'
import type { Group } from './groups.js'
import type { Result } from './project.js'

/**
 * The results of a group as a table. Its columns are the values of the last factor. Below it: the reason
 * for each exclusion, and the details of the results that have any.
 */
export function formatTable(
  { title, factors, excludes = [] }: Group,
  results: Map<string, Result>,
) {
  const names = Object.keys(factors)
  const last = names.at(-1) ?? ''
  const { [last]: columns = [], ...others } = factors
  const lines = combine(others).map((row) => [
    nameOf(row),
    ...columns.map((column) => {
      const combination = { ...row, [last]: column }
      const exclusion = excludes.findIndex(({ test }) => test(combination))
      if (exclusion >= 0) return `-${exclusion + 1}`
      return results.get(nameOf(combination))?.result ?? '.'
    }),
  ])
  const cells = [['', ...columns], ...lines]
  const widths = cells[0]?.map((_, index) =>
    Math.max(...cells.map((line) => line[index]?.length ?? 0)),
  )
  const table = cells.map((line) =>
    line
      .map((cell, index) => cell.padEnd(widths?.[index] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const details = [...results].filter(([, { detail }]) => detail !== '')
  return [
    `\n${title}`,
    ...table.map((line) => `  ${line}`),
    ...excludes.map(({ reason }, index) => `  -${index + 1}  ${reason}`),
    ...details.map(([name, { detail }]) => `  ${name}: ${detail}`),
  ].join('\n')
}
