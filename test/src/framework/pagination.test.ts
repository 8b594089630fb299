import { expect, test } from 'vitest'
import { paginate } from '../../../src/framework/pagination.js'

const URL = 'https://api.example.com/users/'
const ITEMS = Array.from({ length: 60 }, (_, index) => index)
const page = (query: Record<string, string>, items = ITEMS) =>
  paginate(items, { url: URL, query: new Map(Object.entries(query)) })

test('the first page of many has a next one', () => {
  expect(page({})).toEqual({
    count: 60,
    next: `${URL}?page=2`,
    previous: null,
    results: ITEMS.slice(0, 25),
  })
})

test('links keep the rest of the query, sorted', () => {
  expect(page({ z: '1', page: '2', a: 'x y' })).toEqual({
    count: 60,
    next: `${URL}?a=x+y&page=3&z=1`,
    previous: `${URL}?a=x+y&z=1`,
    results: ITEMS.slice(25, 50),
  })
})

test('the last page can be asked for by name', () => {
  expect(page({ page: 'last' })).toEqual({
    count: 60,
    next: null,
    previous: `${URL}?page=2`,
    results: ITEMS.slice(50),
  })
})

test('an empty list has one page', () => {
  expect(page({ page: '1' }, [])).toEqual({ count: 0, next: null, previous: null, results: [] })
})

test.each(['0', '4', '-1', 'x', '', '1.5'])('there is no page %j', (number) => {
  expect(page({ page: number })).toBeUndefined()
})
