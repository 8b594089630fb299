import { test } from 'node:test'
import { type Client, testClient } from 'zapsign-mock/contracts'
import { createApi } from '../src/api.js'

const apiAt = (baseUrl: string) => createApi({ apiUrl: `${baseUrl}/api/v1` })

const client: Client = {
  obtainToken: ({ baseUrl, ...credentials }) => apiAt(baseUrl).obtainToken(credentials),
  refresh: ({ baseUrl, refresh }) => apiAt(baseUrl).refresh(refresh),
  callProtected: ({ baseUrl, access }) =>
    apiAt(baseUrl).call({ method: 'GET', path: '/docs/?page=1', access }),
}

testClient(test, client, { consumer: 'typescript-client' })
