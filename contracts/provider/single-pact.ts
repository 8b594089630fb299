import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isObject } from '../is-object.js'
import { toCompactJson } from '../pact/json-text.js'
import { PROVIDER } from '../pact/pact.js'
import type { Interaction } from '../pact/read-pact.js'
import { isPerConnection } from './per-connection.js'

/** Tells the proxy which interaction a request belongs to. It is not sent to the provider. */
export const INTERACTION_HEADER = 'x-zapsign-mock-interaction'

/** Tells the proxy which state of which interaction to set up: `<interaction>/<state>`. */
export const STATE_PARAMETER = 'zapsign-mock-state'

/** The description of an interaction, which no other has. */
export const titleOf = (index: number) => `interaction ${index}.`

/** Writes a pact of one interaction, and returns the name of the file. */
export function writeSinglePact(folder: string, interaction: Interaction, index: number): string {
  const file = join(folder, `${index}.json`)
  writeFileSync(file, toCompactJson(singlePact(interaction, index)))
  return file
}

function singlePact({ content, states, metadata }: Interaction, index: number): object {
  // Pact does not say what is wrong with a pending interaction.
  const { provider_state, providerState, providerStates, pending, ...rest } = content
  const request = asObject(rest['request'])
  const response = asObject(rest['response'])
  return {
    consumer: { name: 'verified' },
    provider: { name: PROVIDER },
    interactions: [
      {
        ...rest,
        description: titleOf(index),
        // Pact reads this spelling in every specification, others only in some.
        providerStates: states.map(({ name, parameters }, position) => ({
          name,
          params: { ...parameters, [STATE_PARAMETER]: `${index}/${position}` },
        })),
        request: {
          ...request,
          headers: { ...ownHeaders(request), [INTERACTION_HEADER]: String(index) },
        },
        response: {
          ...response,
          ...(response['headers'] ? { headers: ownHeaders(response) } : {}),
        },
      },
    ],
    ...(isObject(metadata) && { metadata: withoutPlugins(metadata) }),
  }
}

/** The headers that say something about the request or the reply, and not about a recorded connection. */
function ownHeaders({ headers }: Record<string, unknown>): object {
  const all = Object.entries(asObject(headers))
  const listed = all
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) =>
      String(value)
        .toLowerCase()
        .split(/\s*,\s*/),
    )
  return Object.fromEntries(
    all.filter(([name]) => !isPerConnection(name) && !listed.includes(name.toLowerCase())),
  )
}

/** Plugins are for other things than HTTP with JSON. Pact fails over a plugin that is not installed. */
function withoutPlugins({ plugins, ...metadata }: Record<string, unknown>): object {
  return metadata
}

function asObject(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {}
}
