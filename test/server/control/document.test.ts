import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { createDocument } from '../../../server/control/document.js'
import { ROUTES } from '../../../server/control/routes/index.js'

test('the published document matches the schemas', async () => {
  const text = `${JSON.stringify(createDocument(), null, 2)}\n`
  // A change is reviewed, and then taken with `npm test -- -u`.
  await expect(text).toMatchFileSnapshot('../../../server/control/openapi.json')
})

test('it is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  expect(await validator.validate(structuredClone(createDocument()))).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
})

test('every operation has a summary, a success and its errors', () => {
  const operations = Object.values(createDocument().paths).flatMap((path) => Object.values(path))
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(
    ROUTES.map(({ id }) => id).sort(),
  )
  for (const { summary, responses, operationId } of operations) {
    expect(summary, operationId).not.toBe('')
    const statuses = Object.keys(responses)
    expect(
      statuses.filter((status) => status < '300'),
      operationId,
    ).toHaveLength(1)
    expect(statuses, operationId).toEqual(expect.arrayContaining(['400', '403']))
  }
})
