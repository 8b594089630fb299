import type { JournalEntry } from '../../../src/index.js'
import { printableJson } from '../../../src/internal.js'
import type { ControlClient } from '../../control/client.js'
import { readEvents } from '../../control/read-events.js'
import { UsageError } from '../errors.js'
import { createLog } from '../output/log.js'
import type { VerbCall } from './verb-call.js'

type Filter = Readonly<Record<string, unknown>>

/** Prints the requests that match, and with `--follow` also new ones until the mock stops. */
export async function printRequests({ client, options, printer }: VerbCall): Promise<void> {
  const { follow, json, ...filter } = options
  if (follow && 'limit' in filter) throw new UsageError('Cannot combine --follow with --limit')
  const print = json
    ? (entry: JournalEntry) => printer.print(printableJson(entry))
    : createLog('pretty', printer)
  const found = await find(client, filter)
  for (const entry of found) print(entry)
  if (follow) await followRequests(client, { filter, lastId: found.at(-1)?.id ?? 0 }, print)
}

async function find(client: ControlClient, filter: Filter): Promise<JournalEntry[]> {
  const query = new URLSearchParams(filter as Record<string, string>)
  return Object(await client.send('GET', `requests?${query}`)).requests
}

/** The stream begins after the last printed request, so that no request is missed. */
async function followRequests(
  client: ControlClient,
  { filter, lastId }: { filter: Filter; lastId: number },
  print: (entry: JournalEntry) => void,
): Promise<void> {
  const closing = new AbortController()
  process.stdout.once('error', () => closing.abort())
  const { body } = await client.open('events', closing.signal, { 'last-event-id': String(lastId) })
  if (!body) return
  const { since, ...values } = filter
  const isAfter = (entry: JournalEntry) => since === undefined || isLater(entry, String(since))
  try {
    for await (const { data } of readEvents(body)) {
      const entry: JournalEntry = JSON.parse(data)
      const isWanted = Object.entries(values).every(
        ([name, value]) => String(entry[name as keyof JournalEntry]) === value,
      )
      if (isWanted && isAfter(entry)) print(entry)
    }
  } catch (error) {
    if (!closing.signal.aborted && !isClosed(error)) throw error
  }
}

function isLater({ id, time }: JournalEntry, since: string): boolean {
  return /^\d+$/.test(since) ? id > Number(since) : Date.parse(time) > Date.parse(since)
}

/** A mock that is killed does not end the stream in good order. */
function isClosed(error: unknown): boolean {
  return error instanceof TypeError
}
