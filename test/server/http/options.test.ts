import type * as v from 'valibot'
import { expect, expectTypeOf, test } from 'vitest'
import type { FileOptions, fileSchema } from '../../../server/cli/configuration/options.js'
import {
  type AppOptions,
  type appOptions,
  requestOptionsOf,
  type SchemasOf,
  type ServerOptions,
  type StartServerOptions,
  serverOptionsOf,
  type startServerOptions,
  zapsignOptionsOf,
} from '../../../server/http/options.js'
import { optionEntries } from '../../../src/internal.js'

interface TwoOptions {
  port?: number
  host?: string
}

test('an option that only the interface or only the schema has does not compile', () => {
  const { seed: port, language: host } = optionEntries
  const complete = { port, host } satisfies SchemasOf<TwoOptions>
  // @ts-expect-error: `host` has no schema
  const incomplete = { port } satisfies SchemasOf<TwoOptions>
  // @ts-expect-error: the interface has no `latency`
  const unknown = { port, host, latency: host } satisfies SchemasOf<TwoOptions>
  expect([complete, incomplete, unknown]).toHaveLength(3)
})

test('the schemas accept every value that the types of the options allow', () => {
  expectTypeOf<AppOptions>().toExtend<v.InferInput<typeof appOptions>>()
  type InServer<T> = Pick<T, keyof ServerOptions & keyof T>
  expectTypeOf<ServerOptions>().toExtend<InServer<v.InferInput<typeof startServerOptions>>>()
  expectTypeOf<ServerOptions>().toExtend<InServer<v.InferInput<typeof fileSchema>>>()
})

test('the configuration file and startServer have every option of the server', () => {
  expectTypeOf<FileOptions>().toExtend<ServerOptions>()
  expectTypeOf<StartServerOptions>().toExtend<ServerOptions>()
  expectTypeOf<Required<StartServerOptions>>().toExtend<Record<keyof ServerOptions, unknown>>()
})

test('the options of the server and of the provider are separated by their schemas', () => {
  const options = { port: 1, host: 'a', latency: '1s', seed: 1, language: 'es' } as const
  expect(requestOptionsOf(options)).toEqual({ latency: '1s' })
  expect(serverOptionsOf(options)).toEqual({ port: 1, host: 'a', latency: '1s' })
  expect(zapsignOptionsOf(options)).toEqual({ seed: 1, language: 'es' })
})
