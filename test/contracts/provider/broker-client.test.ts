import { expect, test } from 'vitest'
import { createBrokerClient } from '../../../contracts/provider/broker-client.js'
import { useResources } from './support.js'

const { serve } = useResources()

test('all replies of a broker together have a limit in bytes', async () => {
  const url = await serve((_, response) => response.end(JSON.stringify({ text: 'x'.repeat(100) })))
  const client = createBrokerClient({ baseUrl: url }, { time: 60_000, bytes: 250 })
  await client.get(url)
  await client.get(url)
  await expect(client.get(url)).rejects.toThrow(
    `The broker at ${url} cannot be used: all its replies together are larger than 0.00025 MB`,
  )
})

test('all replies of a broker together have a limit in time', async () => {
  const url = await serve((_, response) => response.end('{}'))
  const client = createBrokerClient({ baseUrl: url }, { time: 0, bytes: 1000 })
  await expect(client.get(url)).rejects.toThrow(
    `The broker at ${url} cannot be used: all its replies together took longer than 0 s`,
  )
})

test('a link that is not a URL is named', async () => {
  const client = createBrokerClient({ baseUrl: 'http://127.0.0.1:1' })
  await expect(client.get('file:///etc/passwd')).rejects.toThrow(
    'The broker at http://127.0.0.1:1 links to file:///etc/passwd, which is not a URL',
  )
})
