import { toInt } from '../python/text.js'

/** "25 results per page": "List account users", ZapSign docs. */
const PAGE_SIZE = 25

/** The URL of a page, which its links start from. */
export interface PageLocation {
  /** Absolute, without a query. */
  url: string
  query: ReadonlyMap<string, string>
}

/** A page of a list, in the documented shape. */
export interface Page<T> {
  count: number
  next: string | null
  previous: string | null
  results: T[]
}

/** The page that `?page=` asks for, or `undefined` when there is no such page. */
export function paginate<T>(
  items: readonly T[],
  { url, query }: PageLocation,
): Page<T> | undefined {
  const last = Math.max(1, Math.ceil(items.length / PAGE_SIZE))
  const asked = query.get('page') ?? '1'
  const number = asked === 'last' ? last : toInt(asked)
  if (number === undefined || number < 1 || number > last) return undefined

  const link = (page: number) => (page < 1 || page > last ? null : url + queryFor(query, page))
  return {
    count: items.length,
    next: link(number + 1),
    previous: link(number - 1),
    results: items.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE),
  }
}

/** The query of a link as Django REST framework writes it: sorted by name, and without `page` for page 1. */
function queryFor(query: ReadonlyMap<string, string>, page: number): string {
  const fields = new Map(query)
  if (page === 1) fields.delete('page')
  else fields.set('page', String(page))
  const text = new URLSearchParams(
    [...fields].sort(([one], [other]) => (one < other ? -1 : 1)),
  ).toString()
  return text && `?${text}`
}
