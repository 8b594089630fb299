/** A program to run under `run --intercept`: one row of the table. */
export interface Row {
  language: string
  client: string
  /** The command line. `{bun}` and the like are replaced by the programs that the run has installed or compiled. */
  command: readonly string[]
  /** Why it is not reached. Without a reason it must work. */
  limit?: string
  /** Whether it calls the real host instead: it is run only where that host cannot be reached. */
  escapes?: boolean
}

const NODE_CLIENTS = [
  'fetch',
  'https',
  'https, named import',
  'https, own Agent',
  'http2',
  'axios',
  'axios 0.27',
  'got',
  'got, HTTP/2',
  'undici',
  'node-fetch',
  'superagent',
  'fetch in a worker thread',
]

const node = (major: number): Row[] =>
  NODE_CLIENTS.map((client) => ({
    language: `Node ${major}`,
    client,
    command: [`{node${major}}`, 'client.mjs', client],
  }))

const NO_PROXY_SUPPORT = 'it reads no proxy variables'

const other = (language: string, command: readonly string[], clients: Record<string, string>) =>
  Object.entries(clients).map(
    ([client, limit]): Row => ({
      language,
      client,
      command: [...command, client],
      ...(limit && { limit, escapes: limit.endsWith(NO_PROXY_SUPPORT) }),
    }),
  )

/** Every program of the table. */
export const ROWS: readonly Row[] = [
  ...[20, 24].flatMap(node),
  ...other('Bun', ['{bun}', 'client.mjs'], {
    ...{ fetch: '', https: '', http2: '', axios: '', got: '', undici: '' },
  }),
  ...other('Deno', ['{deno}', 'run', '-A', 'client.mjs'], {
    ...{ fetch: '', https: '', axios: '', got: '' },
    http2: NO_PROXY_SUPPORT,
    undici: NO_PROXY_SUPPORT,
  }),
  ...other('shell', ['bash', 'client.sh'], { curl: '', wget: '' }),
  ...other('Python', ['/usr/bin/python3', 'client.py'], {
    urllib: '',
    requests: '',
    'requests, trust_env=False': 'it ignores REQUESTS_CA_BUNDLE, and refuses the certificate',
    httpx: '',
    'httpx, asyncio': '',
    aiohttp: '',
  }),
  ...other('PHP', ['php', 'client.php'], { curl: '', streams: NO_PROXY_SUPPORT }),
  ...other('Ruby', ['ruby', 'client.rb'], { 'Net::HTTP': '' }),
  ...other('Perl', ['perl', 'client.pl'], { LWP: '', 'HTTP::Tiny': '' }),
  ...other('Go', ['{go}'], {
    default: '',
    bare: `\`&http.Transport{}\` has no Proxy: ${NO_PROXY_SUPPORT}`,
  }),
  ...other('Java', ['java', '-cp', '{java}', 'Client'], { HttpClient: '', HttpURLConnection: '' }),
]
