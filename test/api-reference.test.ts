/** What the doc comments of the public exports must say. */
import {
  type Comment,
  type DeclarationReflection,
  ReflectionKind,
  type SignatureReflection,
} from 'typedoc'
import { beforeAll, expect, test } from 'vitest'
import { readApi } from '../.ci/api-reference.js'

/** What needs no word about errors, and why. A name that ends with a dot stands for all members. */
const WITHOUT_THROWS: Readonly<Record<string, string>> = {
  'HeaderLookup.': 'looks up a name',
  'Journal.hasPassword': 'compares two texts',
  'Users.find': 'looks up a name',
  'Control.': 'the comment of the interface says it for all methods',
  'matchers.': 'ZapSignMatchers says it',
  'ZapSignApp.': "Express's own",
  'RouteResponse.': "Express's own",
  'RoutesRouter.': "Express's own",
  'Client.': 'the user of the package writes it',
  'RunContractOptions.': 'the user of the package writes it',
}

let api: Awaited<ReturnType<typeof readApi>>

beforeAll(async () => {
  api = await readApi()
}, 120_000)

const reflections = (kind: ReflectionKind) =>
  api.project.getReflectionsByKind(kind) as DeclarationReflection[]

/** Every way to call the functions of the entry points. */
const functions = () =>
  reflections(ReflectionKind.Function).flatMap(({ signatures }) => signatures ?? [])

/** The methods of the objects that these functions return, where they take something. */
const methods = () =>
  reflections(ReflectionKind.Method)
    .flatMap(({ signatures }) => signatures ?? [])
    .filter(({ parameters = [] }) => parameters.length > 0)

const has = (comment: Comment | undefined, tag: `@${string}`) =>
  comment?.blockTags.some((block) => block.tag === tag) ?? false

const textOf = ({ comment }: { comment?: Comment | undefined }) =>
  [comment?.summary, ...(comment?.blockTags ?? []).map(({ content }) => content)]
    .flatMap((parts) => parts ?? [])
    .map(({ text }) => text)
    .join(' ')

const nameOf = (found: DeclarationReflection | SignatureReflection) => found.getFullName()

test('every public export has a doc comment, and TypeDoc warns about nothing', () => {
  expect(api.problems()).toBe(0)
})

test('every public function has an example', () => {
  expect(functions().length).toBeGreaterThan(10)
  expect(
    functions()
      .filter(({ comment }) => !has(comment, '@example'))
      .map(nameOf),
  ).toEqual([])
})

test('every public function and method says what it throws', () => {
  const names = [...functions(), ...methods()]
    .filter(({ comment }) => !has(comment, '@throws'))
    .map((found) => nameOf(found).replace(/^[\w/-]+\./, ''))
  const exceptions = Object.keys(WITHOUT_THROWS)
  const isMeant = (name: string) => exceptions.find((exception) => name.startsWith(exception))
  expect(names.filter((name) => !isMeant(name))).toEqual([])
  expect(
    exceptions.filter((exception) => !names.some((name) => isMeant(name) === exception)),
  ).toEqual([])
})

test('every option has a default', () => {
  const options = reflections(ReflectionKind.Property).filter(
    ({ parent, flags }) => parent?.name.endsWith('Options') && flags.isOptional,
  )
  expect(options.filter(({ comment }) => !has(comment, '@default')).map(nameOf)).toEqual([])
})

test('every length of time names its unit', () => {
  const unit = /'-?\d+(ms|s|m|h|d)'|\b(milli)?seconds?\b/
  const times = reflections(ReflectionKind.Property).filter(({ name, type }) => {
    const text = String(type)
    return (
      /\$\{number\}ms|\bLatency\b/.test(text) ||
      (text === 'number' && /duration|delay|after/i.test(name))
    )
  })
  expect(times.length).toBeGreaterThan(15)
  expect(times.filter((time) => !unit.test(textOf(time))).map(nameOf)).toEqual([])
})
