import type { Figures } from './compare.js'

const HEADINGS = ['start ms', 'requests/s', 'p99 ms', 'memory MB', 'CPU µs/request']

/** Prints figures, and in brackets their ratio to those of the first row. */
export function printTable(title: string, rows: Record<string, Figures>): void {
  const [baseline] = Object.values(rows)
  const width = Math.max(...Object.keys(rows).map((name) => name.length)) + 2
  console.log(title)
  console.log(`  ${''.padEnd(width)}${HEADINGS.map((heading) => heading.padEnd(16)).join('')}`)
  for (const [name, figures] of Object.entries(rows)) {
    const cells = Object.entries(figures).map(([key, value]) => {
      const ratio = value / (baseline?.[key as keyof Figures] ?? Number.NaN)
      return `${value.toFixed(value < 100 ? 1 : 0)} (${ratio.toFixed(2)})`.padEnd(16)
    })
    console.log(`  ${name.padEnd(width)}${cells.join('')}`.trimEnd())
  }
}
