import { STATUS_CODES } from 'node:http'

/** An error of the control API: "Problem Details for HTTP APIs", RFC 9457. */
export interface ProblemDocument {
  type: 'about:blank'
  /** The name of the status. */
  title: string
  status: number
  /** One sentence that names the field, the value and what is accepted. Never the value of a secret. */
  detail: string
  /** The field of the body, or the query parameter, that is wrong. */
  field?: string
}

/** Thrown to answer a control request with an error. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly extra: { field?: string | undefined; headers?: Record<string, string> } = {},
  ) {
    super(detail)
  }
}

/** The document that describes a problem. */
export function toDocument({ status, message, extra }: Problem): ProblemDocument {
  const { field } = extra
  const title = STATUS_CODES[status] ?? 'Error'
  return { type: 'about:blank', title, status, detail: message, ...(field && { field }) }
}
