import type { ServerResponse } from 'node:http'
import { Writable } from 'node:stream'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readEvents } from '../../../server/control/read-events.js'
import { EVENTS, MOST_STREAMS } from '../../../server/control/routes/events.js'
import { startServer } from '../../../server/index.js'

async function start() {
  const server = await startServer({ journalSize: 3 })
  onTestFinished(server.close)
  const request = () => fetch(`${server.url}/api/v1/docs/`)
  const open = async (headers: Record<string, string> = {}) => {
    const closing = new AbortController()
    onTestFinished(() => closing.abort())
    const response = await fetch(`${server.url}/__zapsign/events`, {
      headers,
      signal: closing.signal,
    })
    return { response, close: () => closing.abort() }
  }
  return { ...server, open, request }
}

/** The ids of the next events of a stream. */
async function nextIds(response: Response, count: number): Promise<number[]> {
  const ids: number[] = []
  if (!response.body || count === 0) return ids
  for await (const { id, data } of readEvents(response.body)) {
    expect(JSON.parse(data).id).toBe(Number(id))
    if (ids.push(Number(id)) === count) break
  }
  return ids
}

test('each request is an event as it happens', async () => {
  const { open, request, zapsign } = await start()
  await request()
  const { response } = await open()
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'text/event-stream',
  ])
  expect(response.headers.get('x-accel-buffering')).toBe('no')
  await request()
  await request()
  expect(await nextIds(response, 2)).toEqual([2, 3])
  expect(zapsign.journal.count()).toBe(3)
})

test('Last-Event-ID resumes as far as the journal reaches', async () => {
  const { open, request } = await start()
  for (let count = 0; count < 5; count += 1) await request()
  const { response } = await open({ 'last-event-id': '4' })
  await request()
  expect(await nextIds(response, 2)).toEqual([5, 6])
  const { response: late } = await open({ 'last-event-id': '1' })
  expect(await nextIds(late, 3)).toEqual([4, 5, 6])
})

test('an id of an earlier run resumes from the start of the journal', async () => {
  const { open, request } = await start()
  await request()
  const { response } = await open({ 'last-event-id': '900' })
  await request()
  expect(await nextIds(response, 2)).toEqual([1, 2])
})

test('a wrong Last-Event-ID is refused', async () => {
  const { open } = await start()
  const { response } = await open({ 'last-event-id': 'x' })
  expect([response.status, (await response.json()).detail]).toEqual([
    400,
    'Last-Event-ID must be the id of a request, a whole number, got "x"',
  ])
})

test('streams end at once when the server closes', async () => {
  const { open, close } = await start()
  const { response } = await open()
  const [text] = await Promise.all([response.text(), close()])
  expect(text).toBe(': connected\n\n')
})

test('the number of streams is limited, and a closed one makes room', async () => {
  const { open } = await start()
  const streams = []
  for (let count = 0; count < MOST_STREAMS; count += 1) streams.push(await open())
  const { response } = await open()
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
  streams[0]?.close()
  await expect.poll(async () => (await open()).response.status).toBe(200)
})

test('HEAD opens no stream', async () => {
  const { url } = await start()
  const response = await fetch(`${url}/__zapsign/events`, { method: 'HEAD' })
  expect([response.status, await response.text()]).toEqual([200, ''])
})

test('a quiet stream gets a comment every 15 seconds', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const { open, close } = await start()
  const { response } = await open()
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const next = async () => (await reader?.read())?.value
  expect(await next()).toBe(': connected\n\n')
  for (let count = 0; count < 2; count += 1) {
    vi.advanceTimersByTime(15_000)
    expect(await next()).toBe(': still here\n\n')
  }
  await Promise.all([reader?.cancel(), close()])
  expect(vi.getTimerCount()).toBe(0)
})

test('the stream of a reader that reads nothing ends after a megabyte', async () => {
  const listeners = new Set<(entry: object) => void>()
  const context = {
    streams: new Set<ServerResponse>(),
    signal: new AbortController().signal,
    store: {
      subscribe(listener: (entry: object) => void) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  }
  // It never calls back, as a connection whose buffers are full.
  const response = new Writable({ write() {} })
  const [events] = EVENTS
  const { stream } = (await events?.answer({ context, headers: {} } as never)) ?? {}
  stream?.(response as ServerResponse)
  expect([listeners.size, context.streams.size]).toEqual([1, 1])
  await Promise.resolve()
  let sent = 0
  for (const path = 'x'.repeat(1024); !response.destroyed && sent < 5000; sent += 1)
    for (const listener of listeners) listener({ id: sent, path })
  // An entry is a little larger than its path.
  expect(sent).toBeGreaterThan(950)
  expect(sent).toBeLessThan(1050)
  await expect.poll(() => [listeners.size, context.streams.size]).toEqual([0, 0])
})
