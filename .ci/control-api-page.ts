/** The control API as a page in Markdown, from its OpenAPI document. */

interface Schema {
  type?: string
  description?: string
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly Schema[]
  items?: Schema
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  $ref?: string
}

interface Content {
  description?: string
  content?: Readonly<Record<string, { schema?: Schema }>>
}

interface Operation {
  summary: string
  parameters?: readonly { name: string; in: string; required?: boolean; schema: Schema }[]
  requestBody?: Content
  responses: Readonly<Record<string, Content>>
}

interface ControlDocument {
  info: { title: string; description: string }
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  components: { schemas: Readonly<Record<string, Schema>> }
}

/** The page. It has a section for each operation, in the order of the document. */
export function controlApiPage(openapi: string): string {
  const { info, paths, components }: ControlDocument = JSON.parse(openapi)
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      operationSection(`${method.toUpperCase()} ${path}`, operation),
    ),
  )
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `## ${name}\n\n${table(['field', 'type', 'meaning'], fieldsOf(schema))}`,
  )
  const head = `---\ntitle: Control API\n---\n\n# ${info.title}\n\n${info.description}\n`
  return [head, ...operations, ...schemas].join('\n')
}

function operationSection(
  title: string,
  { summary, parameters = [], requestBody, responses }: Operation,
): string {
  const body = requestBody && schemaOf(requestBody)
  const fields = body ? fieldsOf(body) : []
  const replies = Object.entries(responses).map(([status, reply]) => {
    const schema = schemaOf(reply)
    return [status, reply.description ?? '', schema ? code(typeOf(schema)) : '']
  })
  return [
    `## ${title}\n\n${summary}.\n`,
    parameters.length > 0 &&
      `${table(
        ['parameter', 'in', 'type', 'meaning'],
        parameters.map(({ name, in: place, required, schema }) => [
          code(required ? name : `${name}?`),
          place,
          code(typeOf(schema)),
          schema.description ?? '',
        ]),
      )}`,
    fields.length > 0 && table(['field of the body', 'type', 'meaning'], fields),
    table(['status', 'when', 'body'], replies),
  ]
    .filter(Boolean)
    .join('\n')
}

function schemaOf({ content = {} }: Content): Schema | undefined {
  return Object.values(content)[0]?.schema
}

function fieldsOf({ properties = {}, required = [] }: Schema): string[][] {
  return Object.entries(properties).map(([name, schema]) => [
    code(required.includes(name) ? name : `${name}?`),
    code(typeOf(schema)),
    schema.description ?? '',
  ])
}

/** A schema as TypeScript would write it. */
function typeOf(schema: Schema): string {
  const { type = 'unknown', anyOf, items, properties, required = [], $ref } = schema
  if ($ref !== undefined) return $ref.replace(/.*\//, '')
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (anyOf) return [...new Set(anyOf.map(typeOf))].join(' | ')
  if (items) return `${wrapped(typeOf(items))}[]`
  if (type === 'integer') return 'number'
  if (!properties || Object.keys(properties).length === 0) return type
  const fields = Object.entries(properties).map(
    ([name, field]) => `${name}${required.includes(name) ? '' : '?'}: ${typeOf(field)}`,
  )
  return `{ ${fields.join('; ')} }`
}

function wrapped(type: string): string {
  return type.includes(' | ') ? `(${type})` : type
}

function code(text: string): string {
  return `\`${text}\``
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('')
}
