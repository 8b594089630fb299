import * as v from 'valibot'
import { validate } from '../../src/internal.js'
import { Problem } from './problem.js'

/** Where a value comes from. */
export type Part = 'body' | 'query'

/** Checks a part of a request. Throws a {@link Problem} with status 400 that names the field. */
export function checkPart<const S extends v.GenericSchema>(
  schema: S,
  input: unknown,
  part: Part,
): asserts input is v.InferInput<S> {
  try {
    validate(schema, input, (path) => path || `the ${part}`)
  } catch (error) {
    const { issues: [issue] = [] } = v.safeParse(schema, input, { abortEarly: true })
    const field = issue && v.getDotPath(issue)
    throw toProblem(error, field ?? undefined)
  }
}

/**
 * Calls a function of the provider. What it throws for a wrong value becomes a {@link Problem} with
 * status 400.
 */
export async function asked<T>(run: () => T | Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw toProblem(error)
  }
}

function toProblem(error: unknown, field?: string): unknown {
  const isMisuse = error instanceof TypeError || error instanceof RangeError
  return isMisuse ? new Problem(400, error.message, { field }) : error
}
