import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { openapi, promises } from '../../contracts/index.js'

test('the published document matches the promises', async () => {
  const text = `${JSON.stringify(openapi, null, 2)}\n`
  // Review a change, then accept it with `npm test -- -u`.
  await expect(text).toMatchFileSnapshot('../../contracts/openapi.json')
})

test('it is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  expect(await validator.validate(structuredClone(openapi))).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
})

test('it has every exchange, with the status and the example of its promise', () => {
  const document = readFileSync('contracts/openapi.json', 'utf8')
  const { paths } = JSON.parse(document)
  for (const { request, reply, description } of Object.values(promises)) {
    const path = request.path.replace('11111', '{organization_id}')
    const response = paths[path][request.method.toLowerCase()].responses[reply.status]
    if (!('body' in reply)) {
      expect(response.content).toBeUndefined()
      continue
    }
    const name = description.replaceAll(' ', '-')
    const example = response.content['application/json'].examples[name].value
    expect(Object.keys(example)).toEqual(Object.keys(reply.body))
  }
})

test('replies may gain properties, and errors are distinguished by their fields', () => {
  const document = readFileSync('contracts/openapi.json', 'utf8')
  const { responses } = JSON.parse(document).paths['/api/v1/auth/token/{organization_id}/'].post
  const schemas = Object.fromEntries(
    Object.entries<{ content: Record<string, { schema: object }> }>(responses).map(
      ([status, { content }]) => [status, content['application/json']?.schema],
    ),
  )
  expect(schemas).toEqual({
    200: expect.objectContaining({ required: ['refresh', 'access'] }),
    400: {
      anyOf: [
        {
          type: 'object',
          required: ['message'],
          properties: { message: { type: 'string' } },
        },
        {
          description: expect.stringMatching(/^Inferred, not documented: /),
          type: 'object',
          minProperties: 1,
          additionalProperties: { type: 'array', items: { type: 'string' } },
        },
      ],
    },
    401: {
      type: 'object',
      required: ['detail'],
      properties: { detail: { type: 'string' } },
    },
  })
  expect(document).not.toContain('"additionalProperties": false')
})

test('the first example of 400 is the validation error: mock servers send it for invalid requests', () => {
  const document = JSON.parse(readFileSync('contracts/openapi.json', 'utf8'))
  const { post } = document.paths['/api/v1/auth/token/{organization_id}/']
  const [first, ...others] = Object.values<{ value: unknown }>(
    post.responses[400].content['application/json'].examples,
  )
  const required = ['This field is required.']
  expect(first?.value).toEqual({ username: required, password: required })
  expect(others.map(({ value }) => value)).toEqual([{ message: 'Rate limit exceeded' }])
})
