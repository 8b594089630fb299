/** One combination: a value for each factor, such as `{ node: 'Node 22', msw: 'msw 3' }`. */
export type Combination = Readonly<Record<string, string>>

/** The values of each factor. A value belongs to one factor only. */
export type Factors = Readonly<Record<string, readonly string[]>>

/** How a combination is named in the table and in `--only`. */
export const nameOf = (combination: Combination): string => Object.values(combination).join(', ')

/** Every way to take one value of each factor. */
export function combine(factors: Factors): Combination[] {
  let combinations: Combination[] = [{}]
  for (const [factor, values] of Object.entries(factors))
    combinations = combinations.flatMap((one) =>
      values.map((value) => ({ ...one, [factor]: value })),
    )
  return combinations
}

/** The single values and the pairs of values of a combination. */
function pairsOf(combination: Combination): string[] {
  const values = Object.values(combination)
  const pairs = values.flatMap((one, index) =>
    values.slice(index + 1).map((other) => `${one} + ${other}`),
  )
  return [...values, ...pairs]
}

/**
 * A sample that contains every pair of values that occurs in the whole. It takes the combination with the
 * most new pairs, again and again, so the same input gives the same sample.
 */
export function pairwise(all: readonly Combination[]): Combination[] {
  const missing = new Set(all.flatMap(pairsOf))
  const countNew = (one: Combination) => pairsOf(one).filter((pair) => missing.has(pair)).length
  const sample = new Set<Combination>()
  while (missing.size > 0) {
    const best = all.reduce((best, one) => (countNew(one) > countNew(best) ? one : best))
    sample.add(best)
    for (const pair of pairsOf(best)) missing.delete(pair)
  }
  return all.filter((one) => sample.has(one))
}
