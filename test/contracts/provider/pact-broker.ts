import type { IncomingMessage, RequestListener } from 'node:http'

/** A request that the stand-in received. */
export interface BrokerRequest {
  method: string
  url: string
  authorization: string | undefined
  /** Parsed, where there is one. */
  body: unknown
}

interface StandInOptions {
  /** The pacts, by the last part of their URL. What is published is added. */
  pacts: Record<string, object>
  /** Verification properties, by the same name. */
  properties?: Readonly<Record<string, object>>
  /** The only `Authorization` that is accepted. @default any */
  authorization?: string
  /** Replies that replace the stand-in's, by path: a status and a body. */
  replies?: Readonly<Record<string, readonly [status: number, body: unknown]>>
  /** Whether it has branches, as brokers from 2.86 on have. @default true */
  hasBranches?: boolean
  /** The start of all links. @default the URL that was asked */
  linkBase?: string
}

/**
 * A stand-in for a Pact broker. It speaks the HAL documents of the broker's API documentation: the index,
 * "Publish contracts", "Provider pacts for verification", a pact, its provider, a branch version, "Publish
 * pact verification result". It keeps what it receives.
 */
export function createPactBroker({
  pacts,
  properties = {},
  authorization,
  replies = {},
  hasBranches = true,
  linkBase,
}: StandInOptions): { listener: RequestListener; requests: BrokerRequest[] } {
  const requests: BrokerRequest[] = []

  function answer({ method, url, body }: BrokerRequest, self: string): readonly [number, unknown] {
    const path = url.replace(/\?.*/, '')
    const replaced = replies[path]
    if (replaced) return replaced
    const found = pacts[path.split('/').at(-1) ?? '']
    if (method === 'GET' && path === '/') return [200, indexOf(self)]
    if (method === 'POST' && path === '/contracts/publish') return [200, publish(body, pacts, self)]
    if (method === 'POST' && path === '/pacts/provider/ZapSign/for-verification')
      return [200, listOf(pacts, properties, self)]
    if (method === 'GET' && path.startsWith('/pacts/') && found)
      return [200, withLinks(found, path, self)]
    if (method === 'GET' && path === '/pacticipants/ZapSign')
      return [200, providerOf(self, hasBranches)]
    if (method === 'PUT' && path.startsWith('/pacticipants/ZapSign/branches/')) return [201, {}]
    if (method === 'POST' && path.endsWith('/verification-results'))
      return [201, { _links: { self: { href: `${self}${path}/1` } } }]
    return [404, { error: 'The requested document was not found on this server.' }]
  }

  return {
    requests,
    listener: async (incoming, response) => {
      const request = await read(incoming)
      requests.push(request)
      const isAllowed = authorization === undefined || request.authorization === authorization
      const self = linkBase ?? `http://${incoming.headers.host}`
      const [status, body] = isAllowed ? answer(request, self) : [401, {}]
      response.writeHead(status, { 'content-type': 'application/hal+json;charset=utf-8' })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    },
  }
}

async function read(incoming: IncomingMessage): Promise<BrokerRequest> {
  let text = ''
  for await (const chunk of incoming) text += chunk
  const { method = '', url = '', headers } = incoming
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  return { method, url, authorization: headers.authorization, body }
}

function indexOf(self: string) {
  return {
    _links: {
      self: { href: self, title: 'Index', templated: false },
      'pb:publish-contracts': { href: `${self}/contracts/publish`, templated: false },
      'pb:provider-pacts-for-verification': {
        href: `${self}/pacts/provider/{provider}/for-verification`,
        title: 'Pact versions to be verified for the specified provider',
        templated: true,
      },
    },
  }
}

interface Publication {
  pacticipantName: string
  pacticipantVersionNumber: string
  contracts: readonly { consumerName: string; content: string }[]
}

/** Keeps the contracts of a request to publish them. */
function publish(body: unknown, pacts: Record<string, object>, self: string) {
  const { pacticipantName, pacticipantVersionNumber, contracts } = body as Publication
  for (const { consumerName, content } of contracts)
    pacts[consumerName] = JSON.parse(Buffer.from(content, 'base64').toString())
  const linkTo = (path: string) => ({ _links: { self: { href: `${self}/${path}` } } })
  return {
    notices: [{ type: 'success', text: `Published by ${pacticipantName}` }],
    _embedded: {
      pacticipant: { name: pacticipantName, ...linkTo('pacticipants') },
      version: { number: pacticipantVersionNumber, ...linkTo('versions') },
    },
    _links: { 'pb:pacticipant-version-tags': [], 'pb:contracts': [] },
  }
}

function listOf(
  pacts: Readonly<Record<string, object>>,
  properties: Readonly<Record<string, object>>,
  self: string,
) {
  const entries = Object.keys(pacts).map((name) => ({
    shortDescription: 'latest from main branch',
    verificationProperties: { notices: [], ...properties[name] },
    _links: { self: { href: `${self}/pacts/provider/ZapSign/consumer/web/pact-version/${name}` } },
  }))
  return {
    _embedded: { pacts: entries },
    _links: { self: { href: `${self}/pacts/provider/ZapSign/for-verification` } },
  }
}

function withLinks(pact: object, path: string, self: string) {
  return {
    ...pact,
    _links: {
      self: { href: `${self}${path}`, title: 'Pact' },
      'pb:provider': { href: `${self}/pacticipants/ZapSign`, name: 'ZapSign' },
      'pb:publish-verification-results': { href: `${self}${path}/verification-results` },
    },
  }
}

function providerOf(self: string, hasBranches: boolean) {
  return {
    name: 'ZapSign',
    _links: {
      self: { href: `${self}/pacticipants/ZapSign` },
      ...(hasBranches && {
        'pb:branch-version': {
          href: `${self}/pacticipants/ZapSign/branches/{branch}/versions/{version}`,
          templated: true,
        },
      }),
    },
  }
}
