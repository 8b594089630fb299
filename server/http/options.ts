import * as v from 'valibot'
import {
  type Latency,
  latency,
  objectOf,
  optionEntries,
  wholeNumber,
  type ZapSign,
  type ZapSignOptions,
} from '../../src/internal.js'
import { type ControlOptions, controlOption } from '../control/options.js'
import { type RouteOptions, routesOption } from '../routes/options.js'
import type { TlsOptions } from './tls.js'

/** Only this machine can call. */
export const DEFAULT_HOST = '127.0.0.1'

/** How the server treats requests, wherever it listens. */
export interface RequestOptions {
  /** Delay of every reply, in real time: `'200ms'`, or `'100ms-400ms'` for a random one. @default no delay */
  latency?: Latency
  /** Whether browsers may call from other origins. ZapSign does not allow it. @default false */
  cors?: boolean
  /**
   * Takes the scheme and the host of redirects and links from `X-Forwarded-Proto` and `X-Forwarded-Host`,
   * for a mock behind a reverse proxy that sets them. The control API then needs a token. @default false
   */
  trustProxy?: boolean
}

/** Where the server listens. */
export interface ListenOptions {
  /** 0 takes any free port. @default 0 */
  port?: number
  /** An address or a host name of this machine. @default '127.0.0.1', which only this machine can call */
  host?: string
  /**
   * Serves https with a certificate of your own, or with one that is generated at startup, covers the
   * documented hosts, `localhost` and the loopback addresses, and is valid for a day.
   *
   * @default false
   */
  tls?: boolean | TlsOptions
}

/** Whether other programs can control the mock while it runs. */
interface ServerControlOptions {
  /**
   * The control API under `/__zapsign/`, and how it is protected. It stays off if other machines can
   * call the mock and no token is set. @default true
   */
  control?: boolean | ControlOptions
}

/** The user's endpoints, which the mock answers too. */
export interface ServerRoutesOptions {
  /**
   * A routes module, or a list of routes and modules. They take precedence over endpoints that the mock
   * does not model. @default no routes
   */
  routes?: string | (string | RouteOptions)[]
}

/**
 * The options of the server itself. `startServer`, the configuration file, the environment and the
 * flags take them all, and pass them on as one object. To add one: the interface and the schema in
 * this file (the compiler refuses one without the other), and a row in the table of flags.
 */
export interface ServerOptions
  extends RequestOptions,
    ListenOptions,
    ServerRoutesOptions,
    ServerControlOptions {}

/** The options of `createApp`. */
export interface AppOptions extends RequestOptions {
  /**
   * Passes on what the provider would answer with 404, or with 501 because the mock does not model it,
   * before authentication: to the next handler of the app that this one is mounted in. @default false
   */
  next?: boolean
  /** Closes the connections that the outcome `timeout` keeps waiting. @default never */
  signal?: AbortSignal
  /**
   * The control API under `/__zapsign/`, a description at `GET /`, and how they are protected. Without
   * a token only programs on this machine can call. @default false
   */
  control?: boolean | ControlOptions
}

/** The options of `startServer`: those of the server, and those of `createZapSign` or its result. */
export interface StartServerOptions extends ZapSignOptions, ServerOptions {
  /** Serves this provider. @default createZapSign() with the other options */
  zapsign?: ZapSign
}

/** Where the state is, if several processes share it. */
export interface StoreOptions {
  /**
   * Keeps the state in Redis or Valkey, where other mocks share it: `redis://`, `rediss://` or
   * `valkey://`. It needs the package `@redis/client`. @default the state is in the memory of the process
   */
  store?: string
  /** The prefix of the keys in the store. @default `zapsign-mock:` and a hash of the options, so that equal mocks share their state */
  storePrefix?: string
}

/** The options of a server that shares its state with others. */
export interface SharedServerOptions extends StartServerOptions, StoreOptions {
  store: string
}

/** One schema for each option: `satisfies SchemasOf<Options>` refuses a key that is missing or unknown. */
export type SchemasOf<Options> = { [key in keyof Options]-?: v.GenericSchema }

/** A text that may be omitted, but not be empty. */
export const text = (accepted: string) =>
  v.optional(v.pipe(v.string(accepted), v.nonEmpty(accepted)))

const switchEntry = v.optional(v.boolean('true or false'), false)

const requestEntries = {
  latency,
  cors: switchEntry,
  trustProxy: switchEntry,
} satisfies SchemasOf<RequestOptions>

const pem = v.optional(
  v.union(
    [
      v.pipe(v.string(), v.nonEmpty()),
      v.custom<Uint8Array>((value) => value instanceof Uint8Array),
    ],
    'PEM, or the name of a PEM file',
  ),
)

const tlsEntries = {
  cert: pem,
  key: pem,
  caOut: text('the name of a file'),
} satisfies SchemasOf<TlsOptions>

const tlsOptions = objectOf(tlsEntries)

const TLS_FORMS = `true, false, or an object with the keys ${Object.keys(tlsEntries).join(', ')}`

const listenEntries = {
  port: v.optional(wholeNumber(0, 65_535)),
  host: text('an address or a host name'),
  tls: v.optional(
    v.lazy((input) => (typeof input === 'object' ? tlsOptions : v.boolean(TLS_FORMS))),
  ),
} satisfies SchemasOf<ListenOptions>

const routesEntries = { routes: routesOption } satisfies SchemasOf<ServerRoutesOptions>

const controlEntries = { control: controlOption } satisfies SchemasOf<ServerControlOptions>

/** The schemas of {@link ServerOptions}. */
export const serverEntries = {
  ...listenEntries,
  ...requestEntries,
  ...controlEntries,
  ...routesEntries,
} satisfies SchemasOf<ServerOptions>

/** The schema of {@link AppOptions}. */
export const appOptions = objectOf({
  ...requestEntries,
  ...controlEntries,
  next: switchEntry,
  signal: v.optional(v.instance(AbortSignal, 'an AbortSignal')),
} satisfies SchemasOf<AppOptions>)

const STORE_FORMS =
  'a URL such as redis://localhost:6379, rediss://localhost or valkey://localhost, with special characters of the password percent-encoded'

/** The schemas of the options about shared state. The value of `store` may hold a password. */
export const storeEntries = {
  store: v.optional(v.pipe(v.string(STORE_FORMS), v.check(isStoreUrl, STORE_FORMS))),
  storePrefix: text('a text that is not empty'),
} satisfies SchemasOf<StoreOptions>

/** Whether `@redis/client` can take a URL: its path may only be the number of a database. */
function isStoreUrl(text: string): boolean {
  if (!/^(?:redis|valkey)s?:\/\//.test(text) || !URL.canParse(text)) return false
  const { hostname, pathname, search, hash } = new URL(text)
  return hostname !== '' && /^\/?\d*$/.test(pathname) && search === '' && hash === ''
}

/** The schema of {@link StartServerOptions}. `createZapSign` checks its own options again. */
export const startServerOptions = objectOf({
  ...serverEntries,
  zapsign: v.optional(v.unknown()),
  ...optionEntries,
  ...storeEntries,
} satisfies SchemasOf<SharedServerOptions>)

/** The options that `createApp` takes from those of a server. */
export function requestOptionsOf(options: ServerOptions): RequestOptions {
  return pick<RequestOptions>(options, requestEntries)
}

/** The options of the server itself, without those of the provider. */
export function serverOptionsOf(options: ServerOptions): ServerOptions {
  return pick<ServerOptions>(options, serverEntries)
}

/** The options about shared state. */
export function storeOptionsOf(options: StoreOptions): StoreOptions {
  return pick<StoreOptions>(options, storeEntries)
}

/** The options of the provider, without those of the server. */
export function zapsignOptionsOf(options: ZapSignOptions): ZapSignOptions {
  return pick<ZapSignOptions>(options, optionEntries)
}

/** The options that have a schema among the entries. */
export function pick<T extends object>(options: T, entries: SchemasOf<T>): T {
  const picked = Object.entries(options).filter(([name]) => Object.hasOwn(entries, name))
  return Object.fromEntries(picked) as T
}
