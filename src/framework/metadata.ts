import { MEDIA_TYPES } from './body.js'

/** A field as OPTIONS shows it. */
export interface FieldDescription {
  name: string
  isReadOnly?: boolean
}

/** Django REST framework's answer to OPTIONS. */
export function describeView(view: {
  name: string
  description?: string
  fields?: FieldDescription[]
}) {
  return {
    name: view.name,
    description: view.description ?? '',
    renders: ['application/json'],
    parses: MEDIA_TYPES,
    ...(view.fields && { actions: { POST: Object.fromEntries(view.fields.map(describeField)) } }),
  }
}

function describeField({ name, isReadOnly = false }: FieldDescription) {
  const label = name.charAt(0).toUpperCase() + name.slice(1)
  return [name, { type: 'string', required: !isReadOnly, read_only: isReadOnly, label }] as const
}
